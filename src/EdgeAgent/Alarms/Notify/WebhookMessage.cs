using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EdgeAgent.Alarms.Notify;

/// <summary>The shape in which each kind of robot takes a message, and how it says that it did not.</summary>
internal static class WebhookMessage
{
    /// <summary>WeCom takes 2,048 bytes of text; the others more.</summary>
    private const int TextBytesMax = 2000;

    /// <param name="now">Goes into signatures; robots refuse it when it is an hour off.</param>
    public static (Uri Address, byte[] Body) Of(AlarmChannel channel, string text, AlarmRecord? alarm, string site, DateTimeOffset now)
    {
        string cut = Cut(text);
        return channel.Kind switch
        {
            ChannelKind.DingTalk => (DingTalkAddress(channel, now), Json(json => TextMessage(json, "msgtype", "text", "content", cut))),
            ChannelKind.WeCom => (new Uri(channel.Url), Json(json => TextMessage(json, "msgtype", "text", "content", cut))),
            ChannelKind.Feishu => (new Uri(channel.Url), Json(json => FeishuMessage(json, channel, cut, now))),
            _ => (new Uri(channel.Url), Json(json => PlainMessage(json, text, alarm, site))),
        };
    }

    /// <summary>What a robot complains of; null when it took the message. They answer 200 also when they did not.</summary>
    public static string? ProblemOf(ChannelKind kind, string answer)
    {
        if (kind == ChannelKind.Json)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            JsonElement root = document.RootElement;
            foreach ((string code, string message) in (ReadOnlySpan<(string, string)>)[("errcode", "errmsg"), ("code", "msg"), ("StatusCode", "StatusMessage")])
            {
                if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty(code, out JsonElement number) && number.TryGetInt64(out long value))
                {
                    return value == 0 ? null : $"{value} {(root.TryGetProperty(message, out JsonElement told) ? told.ToString() : "")}".Trim();
                }
            }

            return $"it answered something else than a robot does: {Start(answer)}";
        }
        catch (JsonException)
        {
            return $"it answered something else than a robot does: {Start(answer)}";
        }
    }

    private static string Start(string answer) => answer.Length > 200 ? answer[..200] : answer;

    private static Uri DingTalkAddress(AlarmChannel channel, DateTimeOffset now)
    {
        if (channel.Secret.Length == 0)
        {
            return new Uri(channel.Url);
        }

        string stamp = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        string sign = Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(channel.Secret), Encoding.UTF8.GetBytes($"{stamp}\n{channel.Secret}")));
        return new Uri($"{channel.Url}{(channel.Url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}timestamp={stamp}&sign={Uri.EscapeDataString(sign)}");
    }

    private static void FeishuMessage(Utf8JsonWriter json, AlarmChannel channel, string text, DateTimeOffset now)
    {
        if (channel.Secret.Length > 0)
        {
            string stamp = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
            json.WriteString("timestamp", stamp);
            json.WriteString("sign", Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{stamp}\n{channel.Secret}"), Array.Empty<byte>())));
        }

        TextMessage(json, "msg_type", "content", "text", text);
    }

    private static void TextMessage(Utf8JsonWriter json, string typeMember, string holder, string textMember, string text)
    {
        json.WriteString(typeMember, "text");
        json.WriteStartObject(holder);
        json.WriteString(textMember, text);
        json.WriteEndObject();
    }

    private static void PlainMessage(Utf8JsonWriter json, string text, AlarmRecord? alarm, string site)
    {
        json.WriteString("site", site);
        json.WriteString("text", text);
        json.WritePropertyName("alarm");
        if (alarm is null)
        {
            json.WriteNullValue();
        }
        else
        {
            JsonSerializer.Serialize(json, alarm, AlarmJson.Default.AlarmRecord);
        }
    }

    private static byte[] Json(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static string Cut(string text)
    {
        if (Encoding.UTF8.GetByteCount(text) <= TextBytesMax)
        {
            return text;
        }

        int length = text.Length;
        while (Encoding.UTF8.GetByteCount(text.AsSpan(0, length)) > TextBytesMax || char.IsHighSurrogate(text[length - 1]))
        {
            length--;
        }

        return text[..length];
    }
}
