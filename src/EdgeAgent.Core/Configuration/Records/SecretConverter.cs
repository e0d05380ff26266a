using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeAgent.Core.Configuration;

/// <summary>Reads a secret from a string, and writes a mark that changes with the secret but does not tell it.</summary>
/// <remarks>The mark is keyed with a number that dies with the process, so that two configurations can be compared by their
/// JSON and a short password still cannot be guessed from a dump.</remarks>
public sealed class SecretConverter : JsonConverter<Secret>
{
    private static readonly byte[] ProcessKey = RandomNumberGenerator.GetBytes(32);

    public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) =>
        writer.WriteStringValue("***" + Convert.ToHexString(HMACSHA256.HashData(ProcessKey, Encoding.UTF8.GetBytes(value.Reveal()))));
}
