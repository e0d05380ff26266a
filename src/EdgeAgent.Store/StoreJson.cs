using System.Text.Json.Serialization;
using EdgeAgent.Core.Model;
using EdgeAgent.Store.Influx;
using EdgeAgent.Store.Sqlite;

namespace EdgeAgent.Store;

/// <summary>JSON that stores keep inside their own fields.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DiscardedAccount[]))]
[JsonSerializable(typeof(List<BookedLoss>))]
[JsonSerializable(typeof(InfluxLoss[]))]
internal sealed partial class StoreJson : JsonSerializerContext;
