using EdgeAgent.Protocols.Mqtt.Packets;

namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>Words a broker's refusal or farewell: which broker, what came back, what to try.</summary>
internal static class LossText
{
    public static MqttConnectionLoss FromBroker(MqttBrokerAddress broker, DisconnectPacket farewell, string? clientId)
    {
        bool takenOver = farewell.Reason == MqttReason.SessionTakenOver;
        string text = takenOver
            ? $"{broker}: another client connected with our client id \"{clientId}\" and took the session over; give each agent an id of its own"
            : $"{broker}: the broker disconnected us: {Reasoned(farewell.Reason, farewell.Properties)}";
        return new MqttConnectionLoss(text, MqttLossCause.DisconnectedByBroker, farewell.Reason) { SuspectedTakeover = takenOver };
    }

    public static string Refused(MqttBrokerAddress broker, ConnAckPacket answer) =>
        $"{broker}: the broker refused the connection: {Reasoned(answer.Reason, answer.Properties)}";

    private static string Reasoned(MqttReason reason, MqttProperties? properties)
    {
        string text = reason.Describe();
        if (!string.IsNullOrEmpty(properties?.ReasonString))
        {
            text += $", \"{properties.ReasonString}\"";
        }
        if (!string.IsNullOrEmpty(properties?.ServerReference))
        {
            text += $", it points to \"{properties.ServerReference}\"";
        }
        return reason.Advice() is { Length: > 0 } advice ? $"{text}; {advice}" : text;
    }
}
