using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Configuration;

/// <summary>A password or token. Prints as stars everywhere; only <see cref="Reveal"/> gives it out.</summary>
[JsonConverter(typeof(SecretConverter))]
public sealed record Secret
{
    private readonly string _value;

    public Secret(string value) => _value = value;

    /// <summary>The secret itself, for the one who presents it to the other side.</summary>
    public string Reveal() => _value;

    public override string ToString() => "***";
}
