using System.Text.Json.Serialization;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Plant.Devices;
using EdgeAgent.Web.Plant.Overview;

namespace EdgeAgent.Web.Plant;

/// <summary>Source-generated JSON of the plant's state.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OverviewView))]
[JsonSerializable(typeof(ApiPage<DeviceTile>))]
[JsonSerializable(typeof(DevicePageView))]
internal sealed partial class PlantJson : JsonSerializerContext;
