using System.Text.Json.Serialization;
using EdgeAgent.Web.Api;
using EdgeAgent.Web.Plant.Devices;
using EdgeAgent.Web.Plant.Live;
using EdgeAgent.Web.Plant.Overview;
using EdgeAgent.Web.Plant.Topology;
using EdgeAgent.Web.Plant.Trends;

namespace EdgeAgent.Web.Plant;

/// <summary>Source-generated JSON of the plant's state.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(OverviewView))]
[JsonSerializable(typeof(ApiPage<DeviceTile>))]
[JsonSerializable(typeof(DevicePageView))]
[JsonSerializable(typeof(FramesView))]
[JsonSerializable(typeof(LiveTilesView))]
[JsonSerializable(typeof(HeartbeatView))]
[JsonSerializable(typeof(ApiPage<SeriesView>))]
[JsonSerializable(typeof(TrendView))]
[JsonSerializable(typeof(TopologyView))]
internal sealed partial class PlantJson : JsonSerializerContext;
