namespace EdgeAgent.Core.Configuration;

/// <summary>Rules for the hub's section.</summary>
internal static class HubRules
{
    public static void Check(HubConfig hub, ConfigPath path, ConfigErrors errors)
    {
        if (hub.Broker is { } broker)
        {
            ConnectionRules.Check(broker, path.Member("broker"), errors);
        }

        if (hub.SharedGroup is { } group)
        {
            NameRules.CheckTopicName(group, path.Member("sharedGroup"), errors);
            if (hub.Store.Kind == StoreKind.Sqlite)
            {
                errors.Add(path.Member("sharedGroup"), "several hubs, each with an embedded store of its own", "one store for all: influxdb or postgresql", "change store.kind, or remove sharedGroup");
            }
        }

        TlsRules.CheckFile(hub.Ledger, path.Member("ledger"), errors);
        TlsRules.CheckFile(hub.Points, path.Member("points"), errors);
        if (hub.RulePack.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            TlsRules.CheckFile(hub.RulePack, path.Member("rulePack"), errors);
        }

        CheckStore(hub.Store, path.Member("store"), errors);
        for (int i = 0; i < hub.Forward.Count; i++)
        {
            if (!Uri.TryCreate(hub.Forward[i].Url, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("http" or "https"))
            {
                errors.Add(path.Member("forward").Index(i).Member("url"), $"'{hub.Forward[i].Url}' is no address to post to", "http or https with host, port and path", "for instance http://127.0.0.1:8428/write");
            }
        }
    }

    private static void CheckStore(StoreConfig store, ConfigPath path, ConfigErrors errors)
    {
        if (store.Kind == StoreKind.Sqlite)
        {
            (string Name, object? Value)[] foreign =
            [
                ("url", store.Url), ("database", store.Database), ("user", store.User), ("password", store.Password),
                ("organization", store.Organization), ("bucket", store.Bucket), ("token", store.Token), ("tls", store.Tls),
            ];
            foreach ((string name, object? value) in foreign)
            {
                if (value is not null)
                {
                    errors.Add(path.Member(name), "has no meaning for the embedded store", "members of kind sqlite: path", "remove it, or set \"kind\": \"influxdb\"");
                }
            }

            return;
        }

        CheckUrl(store, path, errors);
        if (store.Kind == StoreKind.PostgreSql)
        {
            CheckPostgres(store, path, errors);
            return;
        }

        if (store.Api == InfluxApi.V1)
        {
            Need(store.Database, "database", path, errors);
        }
        else
        {
            Need(store.Organization, "organization", path, errors);
            Need(store.Bucket, "bucket", path, errors);
            Need(store.Token?.Reveal(), "token", path, errors);
        }
    }

    private static void CheckUrl(StoreConfig store, ConfigPath path, ConfigErrors errors)
    {
        bool isPostgres = store.Kind == StoreKind.PostgreSql;
        if (!Uri.TryCreate(store.Url, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https" or "postgresql") || isPostgres != (url.Scheme == "postgresql"))
        {
            errors.Add(path.Member("url"), store.Url is null ? "missing" : "not an address", isPostgres ? "postgresql://host:5432" : "http://host:8086 or https://host:8086", "");
            return;
        }

        if (url.UserInfo.Length > 0)
        {
            errors.Add(path.Member("url"), "an address with user and password in it", "an address without them", "use the members user and password");
        }

        if (store.Tls is { } tls)
        {
            TlsRules.Check(tls, path.Member("tls"), errors);
            if (url.Scheme == "http")
            {
                errors.Add(path.Member("tls"), "TLS settings for an address without TLS", "an https:// address", "write https://, or remove tls");
            }
        }
    }

    private static void CheckPostgres(StoreConfig store, ConfigPath path, ConfigErrors errors)
    {
        Need(store.Database, "database", path, errors, "PostgreSQL");
        Need(store.User, "user", path, errors, "PostgreSQL");
        (string Name, object? Value)[] foreign = [("organization", store.Organization), ("bucket", store.Bucket), ("token", store.Token)];
        foreach ((string name, object? value) in foreign)
        {
            if (value is not null)
            {
                errors.Add(path.Member(name), "has no meaning for PostgreSQL", "members of kind postgresql: url, database, user, password, tls", "remove it");
            }
        }

        if (store.Tls?.PinnedSha256 is not null)
        {
            errors.Add(path.Member("tls").Member("pinnedSha256"), "a pinned certificate, which the PostgreSQL client does not check", "caFile", "give the authority's certificate in caFile");
        }
    }

    private static void Need(string? value, string name, ConfigPath path, ConfigErrors errors, string of = "this InfluxDB interface")
    {
        if (string.IsNullOrEmpty(value))
        {
            errors.Add(path.Member(name), "missing", $"{name} for {of}", $"add \"{name}\": …");
        }
    }
}
