INSERT INTO temp.diff_site (caller, path, owner, kind, before_caller,
                            before_path, is_after, what, tracing,
                            before_live, after_live, before_waste, after_waste,
                            before_total, after_total, before_allocs,
                            after_allocs, before_peak, after_peak, before_site, after_site)
VALUES (:caller, :path, :owner, :kind, :before_caller, :before_path, :is_after,
        :what, :tracing, :before_live, :after_live, :before_waste, :after_waste,
        :before_total, :after_total, :before_allocs, :after_allocs,
        :before_peak, :after_peak, :before_site, :after_site);
