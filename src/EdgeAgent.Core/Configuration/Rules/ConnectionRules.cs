namespace EdgeAgent.Core.Configuration;

/// <summary>Rules for connections to MQTT brokers.</summary>
internal static class ConnectionRules
{
    public static void Check(MqttConnectionConfig connection, ConfigPath path, ConfigErrors errors)
    {
        bool secure = false, plain = false;
        if (connection.Brokers.Count == 0)
        {
            errors.Add(path.Member("brokers"), "no broker", "at least one address", "mqtt://127.0.0.1:1883");
        }

        for (int i = 0; i < connection.Brokers.Count; i++)
        {
            ConfigPath at = path.Member("brokers").Index(i);
            if (!Uri.TryCreate(connection.Brokers[i], UriKind.Absolute, out Uri? address)
                || address.Scheme is not ("mqtt" or "mqtts") || address.Host.Length == 0 || address.PathAndQuery.Trim('/').Length > 0)
            {
                errors.Add(at, "not a broker's address", "mqtt://host:1883 or mqtts://host:8883", "check scheme, host and port");
            }
            else if (address.UserInfo.Length > 0)
            {
                errors.Add(at, "an address with user and password in it", "an address without them", "use the members user and password");
            }
            else
            {
                secure |= address.Scheme == "mqtts";
                plain |= address.Scheme == "mqtt";
            }
        }

        CheckTls(connection.Tls, secure, plain, path, errors);
        if (connection.Password is not null && connection.User is null)
        {
            errors.Add(path.Member("password"), "a password without a user", "user and password", "add user");
        }
    }

    private static void CheckTls(TlsConfig? tls, bool secure, bool plain, ConfigPath path, ConfigErrors errors)
    {
        if (secure && tls is not { CaFile: not null } and not { PinnedSha256: not null })
        {
            errors.Add(path.Member("tls"), "TLS that accepts any certificate", "tls.caFile or tls.pinnedSha256", "give the authority's PEM file, or pin the broker's certificate");
        }

        if (tls is not null && !secure && plain)
        {
            errors.Add(path.Member("tls"), "TLS settings, but no broker is reached over TLS", "an mqtts:// address", "write mqtts:// instead of mqtt://, or remove tls");
        }

        if (tls is not null)
        {
            TlsRules.Check(tls, path.Member("tls"), errors);
        }
    }
}
