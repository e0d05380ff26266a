using EdgeAgent.Core.Batches;
using EdgeAgent.Core.Configuration;
using EdgeAgent.Protocols.Mqtt;
using EdgeAgent.Protocols.Mqtt.Client;

namespace EdgeAgent.Collector.Publishing.Batch;

/// <summary>Publishes the retained messages that say who the agent is (birth) and that it is there (status).</summary>
internal sealed class Announcement(PublisherConfig config, PublisherIdentity identity, TimeProvider time)
{
    private PublishedPlant? _plant;
    private int _due;

    public void Change(PublishedPlant plant)
    {
        Volatile.Write(ref _plant, plant);
        Interlocked.Exchange(ref _due, 1);
    }

    /// <summary>Whether the plant changed since the last call.</summary>
    public bool TakeDue() => Interlocked.Exchange(ref _due, 0) != 0;

    /// <summary>Publishes birth and status.</summary>
    /// <returns>Null when the broker took both, otherwise what it said.</returns>
    public async Task<string?> PublishAsync(MqttClient client, Guid incarnation, CancellationToken cancellation)
    {
        if (Volatile.Read(ref _plant) is { } plant)
        {
            MqttPublishResult birth = await client.PublishAsync(
                Topics.Birth(identity.Site, identity.Agent), BirthOf(plant, incarnation).ToUtf8(), MqttQos.AtLeastOnce, retain: true,
                cancellation).ConfigureAwait(false);
            if (Problem(birth) is { } problem)
            {
                return $"the broker did not take the birth message: {problem}";
            }
        }

        return await PublishStatusAsync(client, incarnation, online: true, cancellation).ConfigureAwait(false);
    }

    public async Task<string?> PublishStatusAsync(MqttClient client, Guid incarnation, bool online, CancellationToken cancellation)
    {
        AgentStatus status = BrokerConnection.StatusOf(identity, online, incarnation, time);
        MqttPublishResult result = await client.PublishAsync(
            Topics.Status(identity.Site, identity.Agent), status.ToUtf8(), MqttQos.AtLeastOnce, retain: true, cancellation)
            .ConfigureAwait(false);
        return Problem(result) is { } problem ? $"the broker did not take the status message: {problem}" : null;
    }

    /// <summary>What is wrong with a result, in words; null for a good one and for a lost connection, which is told elsewhere.</summary>
    public static string? Problem(MqttPublishResult result) => result.Status switch
    {
        MqttPublishStatus.Refused => $"refused with {result.Reason}; check the broker's access rules for this client",
        MqttPublishStatus.TooLarge => "it is larger than the broker's packet limit; raise that limit",
        _ => null,
    };

    private AgentBirth BirthOf(PublishedPlant plant, Guid incarnation)
    {
        string? token = config.EnrolmentToken?.Reveal();
        ReadOnlySpan<byte> key = identity.PublicKey.Span;
        return new AgentBirth(
            identity.Site, identity.Agent, identity.Version, Convert.ToBase64String(key),
            string.IsNullOrEmpty(token) ? null : EnrolmentProof.Create(token, key),
            Convert.ToHexStringLower(plant.ConfigHash.Span), incarnation, plant.Devices);
    }
}
