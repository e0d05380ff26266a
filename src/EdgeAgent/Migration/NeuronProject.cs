using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Migration;

/// <summary>Reads the JSON that Neuron gives as its global configuration: nodes, groups, tags, settings.</summary>
internal static class NeuronProject
{
    public static void Read(JsonElement root, MigratedPlant into)
    {
        Dictionary<string, JsonElement> settings = [];
        foreach (JsonElement setting in root.Items("settings"))
        {
            settings[setting.Text("node") ?? ""] = setting.Member("params") ?? default;
        }

        Dictionary<(string?, string?), double> intervals = [];
        foreach (JsonElement group in root.Items("groups"))
        {
            intervals[(group.Text("driver"), group.Text("group"))] = group.Number("interval") ?? ScanClassConfig.DefaultIntervalMs;
        }

        foreach (JsonElement node in root.Items("nodes"))
        {
            string name = node.Text("name") ?? "";
            if (NeuronNode.Create(name, node.Text("plugin") ?? "", settings.GetValueOrDefault(name), into) is { } reader)
            {
                foreach (JsonElement list in root.Items("tags").Where(list => list.Text("driver") == name))
                {
                    double interval = intervals.GetValueOrDefault((name, list.Text("group")), ScanClassConfig.DefaultIntervalMs);
                    ReadTags(reader, name, list, interval, into);
                }
            }
        }

        foreach (JsonElement subscription in root.Items("subscriptions"))
        {
            into.Leave($"subscription of {subscription.Text("app")}", "where data goes is not carried over; see publishers in the configuration");
        }
    }

    private static void ReadTags(NeuronNode reader, string node, JsonElement list, double intervalMs, MigratedPlant into)
    {
        string group = list.Text("group") ?? "";
        foreach (JsonElement tag in list.Items("tags"))
        {
            string name = tag.Text("name") ?? "";
            reader.Add(new NeuronTag(
                $"{node}/{group}/{name}",
                name,
                tag.Text("address") ?? "",
                NeuronType.Of(tag.Integer("type") ?? 0),
                tag.Integer("attribute") ?? 1,
                intervalMs,
                tag.Number("decimal") ?? 0,
                tag.Number("bias") ?? 0,
                tag.Integer("precision") ?? 0,
                tag.Text("description")));
        }
    }
}

/// <summary>One tag as Neuron has it.</summary>
/// <param name="Type">The name of its type in capitals, as in Neuron's tables.</param>
/// <param name="Attribute">Bits: 1 read, 2 write, 4 subscribe, 8 static.</param>
/// <param name="Decimal">Factor; 0 for none.</param>
internal sealed record NeuronTag(
    string Where, string Name, string Address, string Type, int Attribute, double IntervalMs, double Decimal, double Bias, int Precision, string? Description);
