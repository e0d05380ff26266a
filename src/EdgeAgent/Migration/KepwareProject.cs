using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Migration;

/// <summary>Reads a project that KEPServerEX saved as JSON: channels of Modbus TCP/IP Ethernet and of OPC UA Client.</summary>
internal static class KepwareProject
{
    private const string Name = "common.ALLTYPES_NAME";

    public static void Read(JsonElement root, MigratedPlant into)
    {
        JsonElement project = root.Member("project") ?? throw new MigrationException("expected a member \"project\" with \"channels\"");
        foreach (JsonElement channel in project.Items("channels"))
        {
            string name = channel.Text(Name) ?? "";
            string driver = channel.Text("servermain.MULTIPLE_TYPES_DEVICE_DRIVER") ?? "";
            Action<JsonElement, JsonElement, string, MigratedPlant>? read = driver switch
            {
                "Modbus TCP/IP Ethernet" => ReadModbus,
                "OPC UA Client" => ReadOpcUa,
                _ => null,
            };
            if (read is null)
            {
                into.Leave(name, $"the driver '{driver}' is not carried over");
                continue;
            }

            foreach (JsonElement device in channel.Items("devices"))
            {
                string place = $"{name}.{device.Text(Name)}";
                if (device.Flag("servermain.DEVICE_DATA_COLLECTION") == false)
                {
                    into.Leave(place, "data collection is switched off there");
                }
                else
                {
                    read(channel, device, place, into);
                }
            }
        }
    }

    private static void ReadModbus(JsonElement channel, JsonElement device, string place, MigratedPlant into)
    {
        string id = device.Text("servermain.DEVICE_ID_STRING") ?? "";
        int close = id.IndexOf('>', StringComparison.Ordinal);
        if (!id.StartsWith('<') || close < 0 || !byte.TryParse(id.AsSpan(close + 1).TrimStart('.'), out byte unit))
        {
            into.Leave(place, $"'{id}' is no address such as <192.168.1.20>.1");
            return;
        }

        string host = id[1..close];
        JsonObject settings = new() { ["host"] = host, ["port"] = device.Integer("modbus_ethernet.DEVICE_ETHERNET_PORT_NUMBER") ?? 502 };
        if (device.Integer("servermain.DEVICE_REQUEST_TIMEOUT_MILLISECONDS") is { } timeout and > 0)
        {
            settings["responseTimeoutMs"] = timeout;
        }

        string driver = device.Integer("modbus_ethernet.DEVICE_ETHERNET_IP_PROTOCOL") == 0 ? "modbus-udp" : "modbus-tcp";
        MigratedEndpoint endpoint = into.Endpoint($"modbus-{host}", driver, settings);
        MigratedDevice ours = into.Device(endpoint, device.Text(Name) ?? place, new JsonObject { ["unitId"] = unit });
        foreach ((JsonElement tag, string name) in TagsOf(device, ""))
        {
            string where = $"{place}.{name}";
            if (KepwareModbusTag.Read(tag, device, out string problem) is { } read)
            {
                into.Add(ours, WithCommon(read with { Name = name }, tag, device, where, into), where);
            }
            else
            {
                into.Leave(where, problem);
            }
        }
    }

    private static void ReadOpcUa(JsonElement channel, JsonElement device, string place, MigratedPlant into)
    {
        string name = channel.Text(Name) ?? place;
        MigratedEndpoint endpoint = OpcUaEndpoint.Create(
            into,
            name,
            channel.Text("opcuaclient.CHANNEL_UA_SERVER_ENDPOINT_URL") ?? "opc.tcp://192.0.2.1:4840",
            (channel.Integer("opcuaclient.CHANNEL_UA_SERVER_SECURITY_POLICY") ?? 0) != 0,
            channel.Text("opcuaclient.CHANNEL_AUTHENTICATION_USERNAME"),
            null);
        // Several devices of a channel are several subscriptions to one server; nothing but the name keeps them apart.
        MigratedDevice ours = into.AddDevice(endpoint, device.Text(Name) ?? place, []);
        foreach ((JsonElement tag, string tagName) in TagsOf(device, ""))
        {
            string where = $"{place}.{tagName}";
            TagType? type = KepwareModbusTag.TypeOf(tag.Integer("servermain.TAG_DATA_TYPE") ?? -1);
            into.Add(
                ours,
                WithCommon(
                    new TagConfig { Name = tagName, Address = tag.Text("servermain.TAG_ADDRESS") ?? "", Type = type is null ? null : OpcUaEndpoint.TypeOf(type.Value) },
                    tag,
                    device,
                    where,
                    into),
                where);
        }
    }

    private static IEnumerable<(JsonElement Tag, string Name)> TagsOf(JsonElement of, string prefix)
    {
        foreach (JsonElement tag in of.Items("tags"))
        {
            yield return (tag, prefix + tag.Text(Name));
        }

        foreach (JsonElement group in of.Items("tag_groups"))
        {
            foreach ((JsonElement, string) tag in TagsOf(group, $"{prefix}{group.Text(Name)}."))
            {
                yield return tag;
            }
        }
    }

    /// <summary>Description, period and scaling, which tags of every driver have.</summary>
    private static TagConfig WithCommon(TagConfig tag, JsonElement from, JsonElement device, string where, MigratedPlant into)
    {
        double own = from.Number("servermain.TAG_SCAN_RATE_MILLISECONDS") ?? 100;
        double interval = device.Integer("servermain.DEVICE_SCAN_MODE") switch
        {
            1 => Math.Max(own, device.Number("servermain.DEVICE_SCAN_MODE_RATE_MS") ?? 0),
            2 => device.Number("servermain.DEVICE_SCAN_MODE_RATE_MS") ?? own,
            _ => own,
        };
        string? description = from.Text("common.ALLTYPES_DESCRIPTION");
        return WithScaling(tag with { Description = string.IsNullOrEmpty(description) ? null : description, Scan = into.Scan(interval, where) }, from, where, into);
    }

    private static TagConfig WithScaling(TagConfig tag, JsonElement from, string where, MigratedPlant into)
    {
        int kind = from.Integer("servermain.TAG_SCALING_TYPE") ?? 0;
        if (kind == 0)
        {
            return tag;
        }

        double rawLow = from.Number("servermain.TAG_SCALING_RAW_LOW") ?? 0;
        double rawSpan = (from.Number("servermain.TAG_SCALING_RAW_HIGH") ?? 1000) - rawLow;
        if (kind != 1 || rawSpan == 0)
        {
            into.Leave(where, kind == 2 ? "scaling by a square root is not carried over: the raw value is read" : "its scaling has no raw range: the raw value is read");
            return tag;
        }

        if (from.Flag("servermain.TAG_SCALING_CLAMP_LOW") == true || from.Flag("servermain.TAG_SCALING_CLAMP_HIGH") == true)
        {
            into.Leave(where, "values are not clamped here; give min and max, and values beyond are marked as uncertain");
        }

        double low = from.Number("servermain.TAG_SCALING_SCALED_LOW") ?? 0;
        double scale = ((from.Number("servermain.TAG_SCALING_SCALED_HIGH") ?? 1000) - low) / rawSpan;
        double sign = from.Flag("servermain.TAG_SCALING_NEGATE_VALUE") == true ? -1 : 1;
        double offset = sign * (low - (rawLow * scale));
        string? unit = from.Text("servermain.TAG_SCALING_UNITS");
        return tag with { Scale = sign * scale, Offset = offset == 0 ? null : offset, Unit = string.IsNullOrEmpty(unit) ? null : unit };
    }
}
