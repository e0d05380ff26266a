namespace EdgeAgent.Protocols.Mqtt.Broker;

/// <summary>Decides who may connect and what they may publish and receive.</summary>
public interface IMqttAuthenticator
{
    ValueTask<MqttAccess> AuthenticateAsync(MqttLogin login, CancellationToken cancellationToken);
}
