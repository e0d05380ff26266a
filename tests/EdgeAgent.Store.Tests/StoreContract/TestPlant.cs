using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Model;

namespace EdgeAgent.Store.Tests.StoreContract;

/// <summary>A small plant: two devices, one tag of each kind, names that need escaping.</summary>
internal static class TestPlant
{
    public const int Speed = 0, Count = 1, Serial = 2, Running = 3, Recipe = 4, Frame = 5, Temperature = 6;

    public static readonly string[] TagNames = ["speed", "count", "serial no, \"x\"", "running=1", "配方", "back\\slash ", "temp"];

    public static PlantDefinition Definition { get; } = WithAddress("modbus-tcp://10.0.0.5:502/1");

    public static PlantDefinition WithAddress(string address) => DefinitionCodec.Create(
        [
            new DeviceDefinition("press 01, left", "modbus-tcp", address, "A-001"),
            new DeviceDefinition("烘箱", "opc-ua", "opc-ua://oven", ""),
        ],
        [
            new TagDefinition(0, TagNames[0], ValueKind.Float64, "1/min", 100, 2),
            new TagDefinition(0, TagNames[1], ValueKind.Int64, "", 1000),
            new TagDefinition(0, TagNames[2], ValueKind.UInt64, "", 1000),
            new TagDefinition(0, TagNames[3], ValueKind.Boolean, "", 1000),
            new TagDefinition(1, TagNames[4], ValueKind.Text, "", 5000),
            new TagDefinition(1, TagNames[5], ValueKind.Bytes, "", 5000),
            new TagDefinition(1, TagNames[6], ValueKind.Float32, "°C", 1000, 1),
        ]);
}
