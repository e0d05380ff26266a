using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using EdgeAgent.Protocols.Serial;

namespace EdgeAgent.Commands.Scan;

/// <summary>Writes a configuration to start from: what was found, each device with one tag to begin with.</summary>
internal static class ScanConfig
{
    public static string Write(IReadOnlyList<FoundDevice> found)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("site", "my-plant");
            json.WriteStartObject("agent");
            json.WriteString("id", "gw-01");
            json.WriteStartArray("endpoints");
            foreach (IGrouping<string, FoundDevice> endpoint in found.Where(device => IsKnown(device.Driver)).GroupBy(device => $"{device.Driver} {device.Place}"))
            {
                WriteEndpoint(json, [.. endpoint]);
            }

            json.WriteEndArray();
            json.WriteStartArray("publishers");
            json.WriteStartObject();
            json.WriteString("name", "hub");
            json.WriteStartArray("brokers");
            json.WriteStringValue("mqtt://127.0.0.1:1883");
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Those whose settings and tags can be written without knowing more of the device.</summary>
    public static bool IsKnown(string driver) => driver is "modbus-rtu" or "modbus-ascii" or "modbus-tcp" or "dlt645" or Cjt188 or OpcUa or S7;

    private const string Cjt188 = "cjt188";
    private const string OpcUa = "opc-ua";
    private const string S7 = "s7";

    private static void WriteEndpoint(Utf8JsonWriter json, FoundDevice[] devices)
    {
        FoundDevice first = devices[0];
        json.WriteStartObject();
        json.WriteString("name", first.Line is { } line ? $"line-{Path.GetFileName(line.Port)}-{first.Driver}" : $"{first.Driver}-{first.Host}");
        json.WriteString("driver", first.Driver);
        json.WriteStartObject("settings");
        if (first.Line is { } place)
        {
            WriteLine(json, place, first);
        }
        else if (first.Driver == OpcUa)
        {
            WriteOpcUa(json, first);
        }
        else
        {
            json.WriteString("host", first.Host);
            json.WriteNumber("port", first.Port);
        }

        json.WriteEndObject();
        json.WriteStartArray("devices");
        foreach (FoundDevice device in devices)
        {
            WriteDevice(json, device);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Without security, to see anything at all: what a server offers is its own business, and is changed here afterwards.</summary>
    private static void WriteOpcUa(Utf8JsonWriter json, FoundDevice device)
    {
        json.WriteStartArray("endpoints");
        json.WriteStringValue($"opc.tcp://{device.Host}:{device.Port}");
        json.WriteEndArray();
        json.WriteString("securityMode", "none");
    }

    private static void WriteLine(Utf8JsonWriter json, SerialPlace place, FoundDevice first)
    {
        json.WriteStartObject("serial");
        json.WriteString("port", place.Port);
        json.WriteNumber("baudRate", place.Settings.BaudRate);
        if (place.Settings.DataBits != 8 || first.Driver == "modbus-ascii")
        {
            json.WriteNumber("dataBits", place.Settings.DataBits);
        }

        json.WriteString("parity", place.Settings.Parity.ToString().ToLowerInvariant());
        if (place.Settings.StopBits != 1)
        {
            json.WriteNumber("stopBits", place.Settings.StopBits);
        }

        json.WriteEndObject();
    }

    private static void WriteDevice(Utf8JsonWriter json, FoundDevice device)
    {
        bool isMeter = device.MeterAddress is not null;
        json.WriteStartObject();
        json.WriteString("name", isMeter ? $"meter-{device.MeterAddress}" : device.Host is null ? $"unit-{device.UnitId}" : $"{device.Driver}-{device.Host}");
        json.WriteStartObject("settings");
        if (isMeter)
        {
            json.WriteString("address", device.MeterAddress);
            if (device.Edition == 1997)
            {
                json.WriteNumber("edition", 1997);
            }

            if (device.Driver == Cjt188)
            {
                json.WriteString("meterType", device.MeterType.ToString("X2", CultureInfo.InvariantCulture));
                if (device.IdentifierHighestFirst)
                {
                    json.WriteBoolean("identifierHighestFirst", true);
                }
            }
        }
        else if (device.Driver is not (OpcUa or S7))
        {
            json.WriteNumber("unitId", device.UnitId);
        }

        (string name, string address) = FirstTagOf(device);
        json.WriteEndObject();
        json.WriteStartArray("tags");
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("address", address);
        if (device.Driver == OpcUa)
        {
            json.WriteString("type", "int32");
        }

        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>What every device of the kind has.</summary>
    private static (string Name, string Address) FirstTagOf(FoundDevice device) => device.Driver switch
    {
        OpcUa => ("server-state", "i=2259"),
        S7 => ("first-flag", "M0.0"),
        Cjt188 => device.MeterType is >= 0x20 and <= 0x29 ? ("heat", "heat") : ("volume", "volume"),
        "dlt645" => ("energy", device.Edition == 1997 ? "9010" : "00010000"),
        _ => ("first-register", "hr:0"),
    };
}
