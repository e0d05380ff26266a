using System.Globalization;
using System.Text;

namespace EdgeAgent.Alarms.Mail;

/// <summary>A plain-text message as RFC 5322 writes it: ASCII only on the wire, whatever language it is in.</summary>
internal sealed record MailMessageText(string From, IReadOnlyList<string> To, string Subject, string Body, DateTimeOffset At)
{
    private const int LineCharsMax = 76;

    /// <summary>Bytes of text in one encoded word: 39 make 52 characters, the frame 12 more, and the name of the header 9.</summary>
    private const int WordBytesMax = 39;

    /// <summary>Ends in CR LF; a line that begins with a dot is impossible, because the body is base64.</summary>
    public string Write()
    {
        StringBuilder text = new();
        text.Append("From: <").Append(From).Append(">\r\n");
        text.Append("To: ").Append(string.Join(",\r\n ", To.Select(to => $"<{to}>"))).Append("\r\n");
        text.Append("Subject: ").Append(Encoded(Subject)).Append("\r\n");
        text.Append("Date: ").Append(At.ToUniversalTime().ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture)).Append("\r\n");
        text.Append("Message-ID: <").Append(Guid.NewGuid().ToString("N")).Append('@').Append(From[(From.IndexOf('@') + 1)..]).Append(">\r\n");
        text.Append("MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        string body = Convert.ToBase64String(Encoding.UTF8.GetBytes(Body.ReplaceLineEndings("\r\n")));
        for (int i = 0; i < body.Length; i += LineCharsMax)
        {
            text.Append(body.AsSpan(i, Math.Min(LineCharsMax, body.Length - i))).Append("\r\n");
        }

        return text.ToString();
    }

    /// <summary>RFC 2047: no character is split between two words.</summary>
    private static string Encoded(string text)
    {
        List<string> words = [];
        List<byte> word = [];
        Span<byte> bytes = stackalloc byte[4];
        foreach (Rune rune in text.ReplaceLineEndings(" ").EnumerateRunes())
        {
            int length = rune.EncodeToUtf8(bytes);
            if (word.Count + length > WordBytesMax)
            {
                words.Add(Convert.ToBase64String([.. word]));
                word.Clear();
            }

            word.AddRange(bytes[..length]);
        }

        words.Add(Convert.ToBase64String([.. word]));
        return string.Join("\r\n ", words.Select(w => $"=?utf-8?B?{w}?="));
    }
}
