using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Configuration;

/// <summary>Whose word lets the agent delete a batch.</summary>
[JsonConverter(typeof(LowerCaseEnumConverter<PublishAcknowledge>))]
public enum PublishAcknowledge
{
    /// <summary>The hub's, once its store has committed.</summary>
    Store,
    /// <summary>The broker's PUBACK, for brokers with no hub behind them.</summary>
    Broker,
}
