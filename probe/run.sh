#!/bin/bash
# usage: run.sh script [db]
cd /work/h/review; export ODOO_PATH=/work/main/.dev/odoo/usr/lib/python3/dist-packages
cat probe/pre.py $1 > probe/_all.py
(echo "exec(open('probe/_all.py').read())") | ./dev shell -d ${2:-rev} 2>&1 | grep -v "^$" | cut -c1-700 | tail -${3:-80}
