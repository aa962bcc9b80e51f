from .order_case import OrderCase


class TestOrderSize(OrderCase):
    def queries(self, count):
        """Queries of an import, for each of so many orders of buyers nobody knows."""
        rows = [
            self.site.add_order(
                [{"product_id": 1}, {"product_id": 2}],
                notify=False,
                customer_id=1000 * count + number,
                customer_email=f"buyer{count}-{number}@example.com",
            )
            for number in range(count)
        ]
        orders = self.env["merchantpro.order"]._store(self.shop, rows)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        orders.process()
        self.env.flush_all()
        self.assertEqual(set(orders.mapped("state")), {"done"})
        return (self.env.cr.sql_log_count - before) / count

    def test_an_order_takes_no_more_queries_among_many(self):
        self.set_stock(self.mug, 100)
        self.set_stock(self.book, 100)
        self.queries(1)  # what is found out once
        self.assertLessEqual(self.queries(20), self.queries(5))
