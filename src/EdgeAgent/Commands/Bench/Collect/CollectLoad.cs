using System.Globalization;
using System.Text;

namespace EdgeAgent.Commands.Bench.Collect;

/// <summary>A plant of counters to collect from: how many tags, how often, and the files that the agent is started with.</summary>
/// <param name="Devices">Each has <see cref="TagsPerDevice"/> tags in a scan class; ten scan classes and ten connections in all.</param>
internal sealed record CollectLoad(int Devices, int IntervalMs)
{
    public const int TagsPerDevice = 1000;
    private const int Connections = 10;

    public int Tags => Devices * TagsPerDevice;

    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Tags:#,0} tags @ {(IntervalMs >= 1000 ? $"{IntervalMs / 1000} s" : $"{IntervalMs} ms")}");

    /// <summary>Writes the agent's configuration with its tag tables.</summary>
    /// <param name="serverPort">The Modbus server that every connection goes to; it answers for every unit.</param>
    /// <param name="publishing">Further members of the publisher's section, as JSON.</param>
    /// <param name="rest">Further sections, as JSON.</param>
    public string WriteAgent(string directory, int serverPort, int brokerPort, string publishing, string rest = "")
    {
        for (int connection = 0; connection < Connections; connection++)
        {
            StringBuilder table = new("name,address,type,scan\n");
            for (int tag = 0; tag < TagsPerDevice; tag++)
            {
                table.Append(CultureInfo.InvariantCulture, $"t{tag},hr:{tag},uint16,class-{connection}\n");
            }

            Write(directory, $"class-{connection}.csv", table.ToString());
        }

        string classes = string.Join(", ", Enumerable.Range(0, Connections).Select(c => $"\"class-{c}\": {{ \"intervalMs\": {IntervalMs} }}"));
        IEnumerable<string> endpoints = Enumerable.Range(0, Connections).Select(connection => $$"""
            { "name": "line-{{connection}}", "driver": "modbus-tcp", "settings": { "host": "127.0.0.1", "port": {{serverPort}}, "maxInFlight": 8 },
              "devices": [ {{string.Join(",\n", UnitsOf(connection).Select(unit =>
                  $$"""{ "name": "d-{{connection}}-{{unit}}", "settings": { "unitId": {{unit}} }, "tagFile": "class-{{connection}}.csv" }"""))}} ] }
            """);
        return Write(directory, "agent.json", $$"""
            { "site": "bench", {{rest}}
              "agent": { "id": "gw", "dataDirectory": "agent", "scanClasses": { {{classes}} },
                "publishers": [ { "name": "hub", "brokers": [ "mqtt://127.0.0.1:{{brokerPort}}" ], {{publishing}} } ],
                "endpoints": [ {{string.Join(",\n", endpoints)}} ] } }
            """);
    }

    private IEnumerable<int> UnitsOf(int connection) =>
        Enumerable.Range(0, Devices).Where(device => device % Connections == connection).Select(device => 1 + (device / Connections));

    private static string Write(string directory, string name, string content)
    {
        string file = Path.Combine(directory, name);
        File.WriteAllText(file, content);
        return file;
    }
}
