using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeAgent.Core.Configuration;

namespace EdgeAgent.Migration;

/// <summary>A southbound node of Neuron and how its tags are read; one for each plugin that we have a driver for.</summary>
internal abstract class NeuronNode(string name, MigratedPlant into)
{
    protected string Name => name;

    protected MigratedPlant Into => into;

    /// <summary>Null for a plugin that cannot be carried over, or that sends data somewhere; it is told.</summary>
    public static NeuronNode? Create(string name, string plugin, JsonElement parameters, MigratedPlant into)
    {
        switch (plugin)
        {
            case "Modbus TCP" or "modbus-tcp" or "modbus-plus-tcp" or "Modbus TCP QH" or "Modbus TCP community":
                return new NeuronModbusNode(name, "modbus-tcp", Socket(name, parameters, into), parameters, into);
            case "Modbus RTU" or "modbus-rtu" when parameters.Integer("link") == 1:
                return new NeuronModbusNode(name, "modbus-rtu-over-tcp", Socket(name, parameters, into), parameters, into);
            case "Modbus RTU" or "modbus-rtu":
                into.Leave(name, "baud rate, parity, data and stop bits of the serial line are numbers of a list that changes between versions of Neuron; set them in the endpoint's \"serial\"");
                return new NeuronModbusNode(name, "modbus-rtu", new JsonObject { ["serial"] = new JsonObject { ["port"] = parameters.Text("device") ?? "/dev/ttyS0" } }, parameters, into);
            case "OPC UA" or "opcua":
                return new NeuronOpcUaNode(name, parameters, into);
            default:
                into.Leave(name, $"the plugin '{plugin}' is not carried over");
                return null;
        }
    }

    public void Add(NeuronTag tag)
    {
        if ((tag.Attribute & 8) != 0)
        {
            into.Leave(tag.Where, "a static tag is a constant typed by somebody, no reading of a device");
        }
        else if ((tag.Attribute & 5) == 0)
        {
            into.Leave(tag.Where, "a tag that is only written; this program reads");
        }
        else if (NeuronType.ToOurs(tag.Type) is not { } type)
        {
            into.Leave(tag.Where, $"the type {tag.Type} is not known");
        }
        else
        {
            Place(tag, new TagConfig
            {
                Name = tag.Name,
                Address = tag.Address,
                Description = string.IsNullOrEmpty(tag.Description) ? null : tag.Description,
                Type = type,
                Scan = into.Scan(tag.IntervalMs, tag.Where),
                Scale = tag.Decimal is 0 or 1 ? null : tag.Decimal,
                Offset = tag.Bias == 0 ? null : tag.Bias,
                Decimals = tag.Precision is > 0 and <= 15 ? tag.Precision : null,
            });
        }
    }

    /// <summary>Puts the tag where its address belongs.</summary>
    protected abstract void Place(NeuronTag tag, TagConfig ours);

    private static JsonObject Socket(string name, JsonElement parameters, MigratedPlant into)
    {
        if (parameters.Integer("connection_mode") == 1)
        {
            into.Leave(name, "devices connect to Neuron here; use the driver modbus-listen with a registration text of each device instead of the host");
        }

        JsonObject settings = new() { ["host"] = parameters.Text("host") ?? "192.0.2.1" };
        if (parameters.Text("host") is null)
        {
            into.Leave(name, "the address of the device is not in the file; put it in place of 192.0.2.1");
        }

        if (parameters.Integer("port") is { } port && port != ModbusPort)
        {
            settings["port"] = port;
        }

        if (parameters.Integer("timeout") is { } timeout and > 0)
        {
            settings["responseTimeoutMs"] = timeout;
        }

        if (parameters.Integer("interval") is { } pause and > 0)
        {
            settings["pauseMs"] = pause;
        }

        return settings;
    }

    private const int ModbusPort = 502;
}

/// <summary>Modbus: one device for each unit id in the tags' addresses.</summary>
internal sealed class NeuronModbusNode(string name, string driver, JsonObject settings, JsonElement parameters, MigratedPlant into) : NeuronNode(name, into)
{
    private MigratedEndpoint? _endpoint;

    protected override void Place(NeuronTag tag, TagConfig ours)
    {
        if (!NeuronModbusAddress.TryParse(tag.Address, ours.Type!.Value, parameters.Integer("address_base") ?? 1, out NeuronModbusAddress address, out string problem))
        {
            Into.Leave(tag.Where, problem);
            return;
        }

        _endpoint ??= Into.Endpoint(Name, driver, settings);
        MigratedDevice device = Into.Device(_endpoint, $"{Name}-{address.Unit}", new JsonObject { ["unitId"] = address.Unit });
        Into.Add(device, ours with { Address = address.Text, Order = address.Order ?? OrderOfNode(ours.Type.Value), Bit = address.Bit, Length = address.Length }, tag.Where);
    }

    // The specification's order needs no word.
    private string? OrderOfNode(TagType type) => type switch
    {
        TagType.Int32 or TagType.UInt32 or TagType.Float32 => parameters.Integer("endianess") switch { 2 => "BADC", 3 => "DCBA", 4 => "CDAB", _ => null },
        TagType.Int64 or TagType.UInt64 or TagType.Float64 when parameters.Integer("endianess_64") is { } order and > 1 => NoteOrder(order),
        _ => null,
    };

    private string? NoteOrder(int order)
    {
        Into.Leave(Name, $"byte order {order} of 64-bit values: compare a value with the machine's display and set \"order\" if it is wrong");
        return null;
    }
}

/// <summary>OPC UA: addresses are the number of the namespace, an exclamation mark and the identifier.</summary>
internal sealed class NeuronOpcUaNode(string name, JsonElement parameters, MigratedPlant into) : NeuronNode(name, into)
{
    private MigratedEndpoint? _endpoint;

    protected override void Place(NeuronTag tag, TagConfig ours)
    {
        int mark = tag.Address.IndexOf('!', StringComparison.Ordinal);
        if (mark <= 0 || !ushort.TryParse(tag.Address.AsSpan(0, mark), out ushort space))
        {
            Into.Leave(tag.Where, $"'{tag.Address}' is no address of a node; expected 2!Name");
            return;
        }

        _endpoint ??= OpcUaEndpoint.Create(
            Into, Name, parameters.Text("url") ?? "opc.tcp://192.0.2.1:4840", isSecure: true, parameters.Text("username"), "how Neuron secures the connection is in files beside it");
        string identifier = tag.Address[(mark + 1)..];
        string kind = uint.TryParse(identifier, out _) ? "i" : Guid.TryParse(identifier, out _) ? "g" : "s";
        Into.Add(Into.Device(_endpoint, Name, []), ours with { Address = space == 0 ? $"{kind}={identifier}" : $"ns={space};{kind}={identifier}", Type = OpcUaEndpoint.TypeOf(ours.Type!.Value) }, tag.Where);
    }
}
