using System.Globalization;
using System.Text.Json.Nodes;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Migration.Toml;

namespace EdgeAgent.Migration;

/// <summary>Reads the Modbus inputs of a Telegraf configuration, in both of its styles: by register type, and by request.</summary>
internal static class TelegrafFile
{
    private static readonly string[] s_tables = ["coils", "discrete_inputs", "holding_registers", "input_registers"];
    private static readonly string[] s_notCarried = ["tls_ca", "tls_cert", "workarounds", "metric", "busy_retries"];

    public static void Read(string text, MigratedPlant into)
    {
        TomlTable root = TomlReader.Read(text);
        double interval = Duration(root.Table("agent")?.Text("interval")) ?? 10_000;
        TomlTable? inputs = root.Table("inputs");
        foreach (TomlTable input in inputs?.Tables("modbus") ?? [])
        {
            ReadInput(input, Duration(input.Text("interval")) ?? interval, into);
        }

        foreach (string other in inputs?.Names.Where(name => name != "modbus") ?? [])
        {
            into.Leave($"inputs.{other}", "only inputs.modbus is carried over");
        }

        if (root.Table("outputs") is not null)
        {
            into.Leave("outputs", "where data goes is not carried over; see publishers in the configuration");
        }
    }

    private static void ReadInput(TomlTable input, double intervalMs, MigratedPlant into)
    {
        string name = input.Text("name") ?? "modbus";
        if (ConnectionOf(input, name, into) is not { } connection)
        {
            return;
        }

        foreach (string member in s_notCarried.Where(member => input.Has(member)))
        {
            into.Leave(name, $"{member} is not carried over");
        }

        MigratedEndpoint endpoint = into.Endpoint(name, connection.Driver, connection.Settings);
        string? scan = into.Scan(intervalMs, name);
        int unit = (int)(input.Integer("slave_id") ?? 0);
        foreach (string table in s_tables.Where(table => input.Items(table).Any()))
        {
            MigratedDevice device = into.Device(endpoint, name, new JsonObject { ["unitId"] = unit });
            foreach (TomlTable field in input.Items(table))
            {
                TelegrafField.AddRegister(field, table, device, scan, name, into);
            }
        }

        foreach (TomlTable request in input.Tables("request"))
        {
            int slave = (int)(request.Integer("slave_id") ?? 0);
            MigratedDevice device = into.Device(endpoint, input.Tables("request").Count() == 1 ? name : $"{name}-{slave}", new JsonObject { ["unitId"] = slave });
            foreach (TomlTable field in request.Items("fields"))
            {
                TelegrafField.AddRequested(field, request, device, scan, name, into);
            }
        }
    }

    private static (string Driver, JsonObject Settings)? ConnectionOf(TomlTable input, string name, MigratedPlant into)
    {
        string controller = input.Text("controller") ?? "";
        string mode = (input.Text("transmission_mode") ?? "").ToUpperInvariant();
        if (!Uri.TryCreate(controller, UriKind.Absolute, out Uri? uri))
        {
            into.Leave(name, $"controller '{controller}' is no address such as tcp://192.168.1.20:502 or file:///dev/ttyUSB0");
            return null;
        }

        JsonObject settings = [];
        if (Duration(input.Text("timeout")) is { } timeout)
        {
            settings["responseTimeoutMs"] = (int)timeout;
        }

        if (Duration(input.Table("workarounds")?.Text("pause_between_requests")) is { } pause and > 0)
        {
            settings["pauseMs"] = (int)pause;
        }

        if (uri.Scheme == "file")
        {
            settings["serial"] = SerialOf(input, uri.AbsolutePath);
            return (mode == "ASCII" ? "modbus-ascii" : "modbus-rtu", settings);
        }

        settings["host"] = uri.Host;
        settings["port"] = uri.Port > 0 ? uri.Port : 502;
        if (mode == "ASCIIOVERTCP")
        {
            settings["framing"] = "ascii";
        }

        string? driver = uri.Scheme switch { "tcp" => mode is "RTUOVERTCP" or "ASCIIOVERTCP" ? "modbus-rtu-over-tcp" : "modbus-tcp", "udp" => "modbus-udp", _ => null };
        if (driver is null)
        {
            into.Leave(name, $"controller '{controller}': only tcp, udp and file are known");
            return null;
        }

        return (driver, settings);
    }

    private static JsonObject SerialOf(TomlTable input, string port) => new()
    {
        ["port"] = port,
        ["baudRate"] = (int)(input.Integer("baud_rate") ?? 9600),
        ["dataBits"] = (int)(input.Integer("data_bits") ?? 8),
        ["parity"] = (input.Text("parity") ?? "N").ToUpperInvariant() switch { "E" => "even", "O" => "odd", _ => "none" },
        ["stopBits"] = (int)(input.Integer("stop_bits") ?? 1),
    };

    /// <summary>Milliseconds of a duration such as 1s, 500ms, 1m30s; null when it is none.</summary>
    private static double? Duration(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        double sum = 0;
        int at = 0;
        while (at < text.Length)
        {
            int unit = at;
            while (unit < text.Length && (char.IsAsciiDigit(text[unit]) || text[unit] == '.'))
            {
                unit++;
            }

            int end = unit;
            while (end < text.Length && char.IsLetter(text[end]))
            {
                end++;
            }

            double? factor = text[unit..end] switch { "h" => 3_600_000, "m" => 60_000, "s" => 1000, "ms" => 1, "us" or "µs" => 0.001, _ => null };
            if (factor is null || !double.TryParse(text.AsSpan(at, unit - at), NumberStyles.Float, CultureInfo.InvariantCulture, out double count))
            {
                return null;
            }

            sum += count * factor.Value;
            at = end;
        }

        return sum;
    }
}
