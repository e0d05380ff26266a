using EdgeAgent.Core.Configuration;
using EdgeAgent.Migration.Toml;

namespace EdgeAgent.Migration;

/// <summary>One field of a Telegraf Modbus input as a tag.</summary>
internal static class TelegrafField
{
    /// <summary>The style by register type: an address is the list of the registers that the value takes.</summary>
    public static void AddRegister(TomlTable field, string table, MigratedDevice device, string? scan, string input, MigratedPlant into)
    {
        string where = $"{input}/{field.Text("name")}";
        long[] registers = [.. field.Values("address").OfType<long>()];
        string prefix = table switch { "coils" => "co", "discrete_inputs" => "di", "holding_registers" => "hr", _ => "ir" };
        if (registers.Length == 0)
        {
            into.Leave(where, "it has no address");
            return;
        }

        for (int i = 1; i < registers.Length; i++)
        {
            if (registers[i] != registers[i - 1] + 1)
            {
                into.Leave(where, "its registers do not follow each other");
                return;
            }
        }

        if (prefix is "co" or "di")
        {
            Add(field, $"{prefix}:{registers[0]}", TagType.Bool, null, null, device, scan, where, into);
        }
        else if (TypeOfRegisters(field.Text("data_type") ?? "", registers.Length) is { } type)
        {
            int? length = type is TagType.String or TagType.Bytes ? registers.Length * 2 : null;
            Add(field, $"{prefix}:{registers[0]}", type, OrderOf(field.Text("byte_order"), field.Text("data_type")), length, device, scan, where, into);
        }
        else
        {
            into.Leave(where, $"the type {field.Text("data_type")} in {registers.Length} registers is not known");
        }
    }

    /// <summary>The style by request: an address is the first register, the type says how many.</summary>
    public static void AddRequested(TomlTable field, TomlTable request, MigratedDevice device, string? scan, string input, MigratedPlant into)
    {
        if (field.Flag("omit") == true)
        {
            return;
        }

        string where = $"{input}/{field.Text("name")}";
        string register = request.Text("register") ?? "holding";
        string prefix = register switch { "coil" => "co", "discrete" => "di", "input" => "ir", _ => "hr" };
        if (field.Integer("address") is not { } address)
        {
            into.Leave(where, "it has no address");
        }
        else if (prefix is "co" or "di")
        {
            Add(field, $"{prefix}:{address}", TagType.Bool, null, null, device, scan, where, into);
        }
        else if (TypeOf(field.Text("type") ?? "") is { } type)
        {
            int? length = type == TagType.String ? (int)(field.Integer("length") ?? 1) * 2 : null;
            Add(field, $"{prefix}:{address}", type, OrderOf(request.Text("byte_order"), field.Text("type")), length, device, scan, where, into);
        }
        else
        {
            into.Leave(where, $"the type {field.Text("type")} is not known");
        }
    }

    private static void Add(
        TomlTable field, string address, TagType type, string? order, int? length, MigratedDevice device, string? scan, string where, MigratedPlant into)
    {
        double? scale = field.Number("scale");
        into.Add(
            device,
            new TagConfig
            {
                Name = field.Text("measurement") is { } measurement ? $"{measurement}.{field.Text("name")}" : field.Text("name") ?? address,
                Address = address,
                Type = type,
                Order = order,
                Length = length,
                Bit = field.Integer("bit") is { } bit && type == TagType.Bool && address[1] == 'r' ? (int)bit : null,
                Scale = scale is 1 ? null : scale,
                Scan = scan,
            },
            where);
    }

    /// <remarks>Fixed-point types are integers that the scale makes a number with decimals.</remarks>
    private static TagType? TypeOfRegisters(string name, int registers) => (name, registers) switch
    {
        ("FIXED", 1) => TagType.Int16,
        ("FIXED", 2) => TagType.Int32,
        ("FIXED", 4) => TagType.Int64,
        ("UFIXED" or "FLOAT32", 1) => TagType.UInt16,
        ("UFIXED" or "FLOAT32", 2) => TagType.UInt32,
        ("UFIXED" or "FLOAT32", 4) => TagType.UInt64,
        ("FLOAT32-IEEE", 2) => TagType.Float32,
        ("FLOAT64-IEEE", 4) => TagType.Float64,
        ("STRING", _) => TagType.String,
        ("INT8L" or "INT8H" or "UINT8L" or "UINT8H" or "INT16" or "UINT16" or "BIT", 1) or ("INT32" or "UINT32", 2) or ("INT64" or "UINT64", 4) => TypeOf(name),
        _ => null,
    };

    private static TagType? TypeOf(string name) => name switch
    {
        "INT8L" or "INT8H" => TagType.Int8,
        "UINT8L" or "UINT8H" => TagType.UInt8,
        "INT16" => TagType.Int16,
        "UINT16" => TagType.UInt16,
        "INT32" => TagType.Int32,
        "UINT32" => TagType.UInt32,
        "INT64" => TagType.Int64,
        "UINT64" => TagType.UInt64,
        "FLOAT32" => TagType.Float32,
        "FLOAT64" => TagType.Float64,
        "BIT" => TagType.Bool,
        "STRING" => TagType.String,
        _ => null,
    };

    /// <remarks>The letters mean what ours mean; the specification's order needs none.</remarks>
    private static string? OrderOf(string? letters, string? type) =>
        type is "INT8H" or "UINT8H" ? "BA" : letters is null or "AB" or "ABCD" or "ABCDEFGH" ? null : letters;
}
