using System.Globalization;
using System.Text.Json;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.OpcUa;

namespace EdgeAgent.Migration;

/// <summary>Reads OPC Publisher's published nodes: a list of servers, each with nodes.</summary>
internal static class PublishedNodes
{
    public static void Read(JsonElement root, MigratedPlant into)
    {
        if (root.ValueKind != JsonValueKind.Array)
        {
            throw new MigrationException("expected a list of servers with EndpointUrl and OpcNodes");
        }

        int number = 0;
        foreach (JsonElement entry in root.EnumerateArray())
        {
            number++;
            if (entry.Text("EndpointUrl") is not { } url)
            {
                into.Leave($"entry {number}", "it has no EndpointUrl");
                continue;
            }

            string name = NameOf(entry, url);
            if (entry.Member("OpcEvents") is not null)
            {
                into.Leave(name, "events are not read, only values");
            }

            IEnumerable<JsonElement> nodes = entry.Items("OpcNodes");
            if (!nodes.Any() && entry.Member("NodeId")?.Text("Identifier") is not null)
            {
                nodes = [entry.GetProperty("NodeId")];
            }

            MigratedEndpoint endpoint = OpcUaEndpoint.Create(into, name, url, IsSecure(entry), UserOf(entry, name, into), null);
            MigratedDevice device = into.Device(endpoint, name, []);
            foreach (JsonElement node in nodes)
            {
                Add(node, entry, device, into);
            }
        }
    }

    private static string NameOf(JsonElement entry, string url) =>
        entry.Text("DataSetWriterId") ?? entry.Text("DataSetWriterGroup") ?? (Uri.TryCreate(url, UriKind.Absolute, out Uri? uri) ? $"{uri.Host}-{uri.Port}" : url);

    private static bool IsSecure(JsonElement entry) =>
        entry.Text("EndpointSecurityMode") is { } mode ? !mode.Equals("None", StringComparison.OrdinalIgnoreCase) : entry.Flag("UseSecurity") ?? false;

    private static string? UserOf(JsonElement entry, string name, MigratedPlant into)
    {
        string? mode = entry.Text("OpcAuthenticationMode");
        if (mode == "Certificate")
        {
            into.Leave(name, "the user's certificate is not carried over; set userCertificate");
        }
        else if (entry.Member("EncryptedAuthUsername") is not null)
        {
            into.Leave(name, "user name and password are encrypted for OPC Publisher; set user and password");
        }

        return mode == "UsernamePassword" ? entry.Text("OpcAuthenticationUsername") : null;
    }

    private static void Add(JsonElement node, JsonElement entry, MigratedDevice device, MigratedPlant into)
    {
        string? id = node.Text("Id") ?? node.Text("ExpandedNodeId") ?? node.Text("Identifier");
        string where = $"{device.Name}/{node.Text("DisplayName") ?? id}";
        string? address = id is null ? PathOf(node) : AddressOf(id);
        if (address is null)
        {
            into.Leave(where, $"'{id}' is no node id");
            return;
        }

        foreach (string member in (ReadOnlySpan<string>)["DataChangeTrigger", "DeadbandType", "DeadbandValue", "SkipFirst", "EventFilter", "ModelChangeHandling", "CronTrigger"])
        {
            if (node.Member(member) is not null)
            {
                into.Leave(where, $"{member} is not carried over; see monitoring in the driver's document");
            }
        }

        double interval = Interval(node, "OpcSamplingInterval") ?? Interval(entry, "DataSetSamplingInterval")
            ?? Interval(node, "OpcPublishingInterval") ?? Interval(entry, "DataSetPublishingInterval") ?? ScanClassConfig.DefaultIntervalMs;
        into.Add(
            device,
            new TagConfig
            {
                Name = node.Text("DisplayName") ?? node.Text("DataSetFieldId") ?? address,
                Address = address,
                Scan = into.Scan(interval, where),
            },
            where);
    }

    private static double? Interval(JsonElement of, string name) =>
        of.Number(name) ?? (of.Text(name + "Timespan") is { } text && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan span) ? span.TotalMilliseconds : null);

    private static string? PathOf(JsonElement node)
    {
        string[] steps = [.. node.Items("BrowsePath").Select(step => step.GetString() ?? "")];
        return steps.Length == 0 ? null : string.Concat(steps.Select(step => step.StartsWith('/') ? step : "/" + step));
    }

    /// <remarks>Besides the specification's forms, the publisher takes a namespace's URI with a number sign before the identifier.</remarks>
    private static string? AddressOf(string id)
    {
        int hash = id.LastIndexOf('#');
        string text = !id.StartsWith("nsu=", StringComparison.Ordinal) && hash > 0 && id.Contains("://", StringComparison.Ordinal) ? $"nsu={id[..hash]};{id[(hash + 1)..]}" : id;
        return ExpandedNodeId.TryParse(text, out _) ? text : null;
    }
}
