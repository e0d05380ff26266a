using System.Diagnostics.CodeAnalysis;

namespace EdgeAgent.Protocols.Mqtt.Client;

/// <summary>Where a broker listens: "mqtt://host:1883" or, with TLS, "mqtts://host:8883".</summary>
public sealed record MqttBrokerAddress(string Host, int Port, bool UseTls)
{
    public const int PlainPort = 1883;
    public const int TlsPort = 8883;

    /// <summary>Reads an address; the port may be left out.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out MqttBrokerAddress? address)
    {
        address = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || uri.Scheme is not ("mqtt" or "mqtts") || uri.Host.Length == 0
            || uri.UserInfo.Length > 0 || uri.AbsolutePath is not ("" or "/") || uri.Query.Length > 0)
        {
            return false;
        }
        bool tls = uri.Scheme == "mqtts";
        address = new MqttBrokerAddress(uri.IdnHost, uri.Port > 0 ? uri.Port : tls ? TlsPort : PlainPort, tls);
        return true;
    }

    /// <summary>Reads an address or throws <see cref="FormatException"/> with the expected form.</summary>
    public static MqttBrokerAddress Parse(string text) => TryParse(text, out MqttBrokerAddress? address)
        ? address : throw new FormatException($"\"{text}\" is not a broker address; expected mqtt://host:port or mqtts://host:port");

    public override string ToString() => $"{(UseTls ? "mqtts" : "mqtt")}://{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}";
}
