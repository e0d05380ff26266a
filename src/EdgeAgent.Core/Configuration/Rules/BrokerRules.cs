using System.Net;

namespace EdgeAgent.Core.Configuration;

/// <summary>Rules for the embedded broker's section.</summary>
internal static class BrokerRules
{
    public static void Check(BrokerConfig broker, ConfigPath path, ConfigErrors errors)
    {
        if (broker.Listen is null && broker.TlsListen is null)
        {
            errors.Add(path, "the broker listens nowhere", "listen or tlsListen", "\"listen\": \"127.0.0.1:1883\"");
        }

        CheckListen(broker.Listen, path.Member("listen"), errors);
        CheckListen(broker.TlsListen, path.Member("tlsListen"), errors);
        TlsRules.CheckPair(broker.CertificateFile, broker.KeyFile, path, errors);
        TlsRules.CheckFile(broker.ClientCaFile, path.Member("clientCaFile"), errors);
        if (broker.TlsListen is not null && broker.CertificateFile is null)
        {
            errors.Add(path.Member("tlsListen"), "TLS without a certificate", "certificateFile and keyFile", "add them");
        }

        CheckOpenDoor(broker, path, errors);
        CheckUsers(broker, path.Member("users"), errors);
    }

    private static void CheckOpenDoor(BrokerConfig broker, ConfigPath path, ConfigErrors errors)
    {
        // A broker that anyone on the plant's network can write to must be someone's decision, not an omission.
        if (broker is { AllowAnonymous: null, Users.Count: 0, ClientCaFile: null } && !(IsLoopback(broker.Listen) && IsLoopback(broker.TlsListen)))
        {
            errors.Add(path.Member("users"), "a broker without users on an address that others can reach", "users, clientCaFile, or allowAnonymous: true", "add users, or listen on 127.0.0.1");
        }
    }

    private static void CheckUsers(BrokerConfig broker, ConfigPath path, ConfigErrors errors)
    {
        var names = new Dictionary<string, ConfigPath>(StringComparer.Ordinal);
        for (int i = 0; i < broker.Users.Count; i++)
        {
            BrokerUserConfig user = broker.Users[i];
            ConfigPath at = path.Index(i);
            if (NameRules.CheckName(user.Name, at.Member("name"), errors))
            {
                NameRules.CheckUnique(user.Name, names, at.Member("name"), "user", errors);
            }

            if (user.Password is null && broker.ClientCaFile is null)
            {
                errors.Add(at.Member("password"), "a user without a password", "a password, or clientCaFile for client certificates", "\"password\": \"${file:./secrets/…}\"");
            }

            CheckFilters(user.Publish, at.Member("publish"), errors);
            CheckFilters(user.Subscribe, at.Member("subscribe"), errors);
        }
    }

    private static void CheckFilters(IReadOnlyList<string> filters, ConfigPath path, ConfigErrors errors)
    {
        for (int i = 0; i < filters.Count; i++)
        {
            if (!IsFilter(filters[i]))
            {
                errors.Add(path.Index(i), $"'{filters[i]}' is no topic filter", "levels with + alone and # alone at the end", "edgeagent/v1/+/%u/#");
            }
        }
    }

    private static bool IsFilter(string filter)
    {
        string[] levels = filter.Split('/');
        for (int i = 0; i < levels.Length; i++)
        {
            bool wild = levels[i].Contains('+') || levels[i].Contains('#');
            if (wild && levels[i] != "+" && !(levels[i] == "#" && i == levels.Length - 1))
            {
                return false;
            }
        }

        return filter.Length > 0 && !filter.Any(char.IsControl);
    }

    private static void CheckListen(string? listen, ConfigPath path, ConfigErrors errors)
    {
        if (listen is not null && !TryEndPoint(listen, out _))
        {
            errors.Add(path, $"'{listen}' is not an address to listen on", "address:port", "127.0.0.1:1883, 0.0.0.0:1883 or [::]:1883");
        }
    }

    private static bool IsLoopback(string? listen) =>
        listen is null || !TryEndPoint(listen, out IPEndPoint? endPoint) || IPAddress.IsLoopback(endPoint.Address);

    private static bool TryEndPoint(string listen, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IPEndPoint? endPoint)
    {
        string address = listen.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase) ? "127.0.0.1" + listen[9..]
            : listen.StartsWith("*:", StringComparison.Ordinal) ? "0.0.0.0" + listen[1..]
            : listen;
        // IPEndPoint takes an address without a port, which would listen on a random one.
        return IPEndPoint.TryParse(address, out endPoint) && address.Length > address.LastIndexOf(':') + 1 && address.LastIndexOf(':') > address.LastIndexOf(']');
    }
}
