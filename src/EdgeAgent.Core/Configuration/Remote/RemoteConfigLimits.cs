using System.Text.Json;
using System.Text.RegularExpressions;

namespace EdgeAgent.Core.Configuration;

/// <summary>What nobody may change from afar, whoever signs it: what the agent is, whom it trusts, its credentials, and files of the gateway that it did not name itself.</summary>
public static partial class RemoteConfigLimits
{
    private static readonly string[] PathNames = ["directory", "store", "certificate", "file", "folder"];

    /// <summary>Everything in a new configuration that is not allowed; empty when it may be taken.</summary>
    public static IReadOnlyList<string> Check(AppConfig before, ConfigBundle beforeText, AppConfig after, ConfigBundle afterText)
    {
        List<string> problems = [];
        if (TextOf(before with { Agent = null, Logging = new LoggingConfig() }) != TextOf(after with { Agent = null, Logging = new LoggingConfig() }))
        {
            problems.Add("site, broker, hub and web cannot be changed from afar; change them on the machine itself");
        }

        if (before.Agent is not { } old || after.Agent is not { } now)
        {
            problems.Add("the agent's section cannot be added or taken away from afar");
            return problems;
        }

        if (TextOf(before with { Agent = Fixed(old) }) != TextOf(before with { Agent = Fixed(now) }))
        {
            problems.Add("the agent's id, data directory and remoteConfiguration cannot be changed from afar; change them on the machine itself");
        }

        problems.AddRange(now.Publishers.SelectMany(publisher => Publisher(old.Publishers.FirstOrDefault(p => p.Name == publisher.Name), publisher)));
        problems.AddRange(Files(beforeText, afterText));
        return problems;
    }

    /// <summary>The agent without what may be changed.</summary>
    private static AgentConfig Fixed(AgentConfig agent) => agent with
    {
        Endpoints = [],
        Publishers = [],
        ScanClasses = new Dictionary<string, ScanClassConfig>(),
        Buffer = new BufferConfig(),
        FlushIntervalMs = 0,
        ReadingsPerBatchMax = 0,
    };

    private static IEnumerable<string> Publisher(PublisherConfig? before, PublisherConfig after)
    {
        bool same = before is null
            ? after is { User: null, Password: null, Tls: null, EnrolmentToken: null }
            : before.User == after.User && before.Password == after.Password && before.Tls == after.Tls && before.EnrolmentToken == after.EnrolmentToken && before.ClientId == after.ClientId;
        if (!same)
        {
            yield return $"publisher {after.Name}: user, password, certificates and enrolment token cannot be changed from afar";
        }

        if (before?.Password is not null && after.Brokers.FirstOrDefault(b => !before.Brokers.Contains(b) && !b.StartsWith("mqtts://", StringComparison.OrdinalIgnoreCase)) is { } plain)
        {
            yield return $"publisher {after.Name}: {plain} would be sent the password in the clear; only mqtts:// addresses can be added from afar to a publisher with a password";
        }
    }

    private static IEnumerable<string> Files(ConfigBundle before, ConfigBundle after)
    {
        foreach (string key in after.Tables.Keys.Concat(ConfigBundle.TableKeys(after.Main)).Distinct(StringComparer.Ordinal))
        {
            if (!ConfigBundle.IsInside(key) || Path.GetExtension(key).ToLowerInvariant() is not (".csv" or ".xlsx"))
            {
                yield return $"table {key}: only CSV and XLSX files below the configuration's directory can be named from afar";
            }
        }

        if (JsoncText.Parse(before.Main) is not { } old || JsoncText.Parse(after.Main) is not { } now)
        {
            yield break;
        }

        HashSet<string> known = [.. old.Root.Walk().Where(static n => n.Node.Kind == JsonValueKind.String).Select(static n => n.Node.Text)];
        HashSet<string> references = [.. known.SelectMany(static text => Reference().Matches(text).Select(static m => m.Value))];
        foreach ((string name, JsoncNode node) in now.Root.Walk().Where(n => n.Node.Kind == JsonValueKind.String && !known.Contains(n.Node.Text)))
        {
            if (Reference().Matches(node.Text).Select(static m => m.Value).FirstOrDefault(r => !references.Contains(r)) is { } reference)
            {
                yield return $"{name}: {reference} is not in the agent's configuration now; what files and variables of the gateway hold cannot be asked for from afar";
            }
            else if (PathNames.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase)) && name != "tagFile" && !ConfigBundle.IsInside(ConfigBundle.KeyOf(node.Text)))
            {
                yield return $"{name}: {node.Text} lies outside the agent's folder";
            }
            else if (name == "port" && node.Text.StartsWith('/') && (!Serial().IsMatch(node.Text) || node.Text.Contains("..", StringComparison.Ordinal)))
            {
                yield return $"port: {node.Text} is no serial port";
            }
        }
    }

    private static string TextOf(AppConfig config) => JsonSerializer.Serialize(config, ConfigJson.Default.AppConfig);

    [GeneratedRegex(@"\$\{[^}]*\}")]
    private static partial Regex Reference();

    [GeneratedRegex("^/dev/(tty|serial/)[A-Za-z0-9/_.:-]+$")]
    private static partial Regex Serial();
}
