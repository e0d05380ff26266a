using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace EdgeAgent.Alarms.Mail;

/// <summary>Hands one message in at a mail server (RFC 6409): TLS from the start or by STARTTLS, AUTH PLAIN or LOGIN.</summary>
/// <remarks>Small on purpose: it sends short notes with addresses that were checked, and never goes on unencrypted where encryption was asked for.</remarks>
internal static class SmtpSubmission
{
    private const int LineCharsMax = 2048;

    /// <exception cref="SmtpException">The server refused, or does not offer what was asked for.</exception>
    public static async Task SendAsync(MailChannel mail, MailMessageText message, RemoteCertificateValidationCallback? trust, CancellationToken cancellation)
    {
        using TcpClient client = new();
        await client.ConnectAsync(mail.Host, mail.Port, cancellation);
        Stream stream = client.GetStream();
        try
        {
            if (mail.Security == "tls")
            {
                stream = await EncryptAsync(stream, mail.Host, trust, cancellation);
            }

            stream = await TalkAsync(stream, mail, message, trust, cancellation);
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    private static async Task<Stream> TalkAsync(
        Stream stream, MailChannel mail, MailMessageText message, RemoteCertificateValidationCallback? trust, CancellationToken cancellation)
    {
        await ExpectAsync(stream, 220, cancellation);
        string offers = await AskAsync(stream, "EHLO edgeagent", 250, cancellation);
        if (mail.Security == "starttls")
        {
            if (!offers.Contains("STARTTLS", StringComparison.OrdinalIgnoreCase))
            {
                throw new SmtpException("the server does not offer STARTTLS; set security to tls (port 465), or to none where the network is yours alone");
            }

            await AskAsync(stream, "STARTTLS", 220, cancellation);
            stream = await EncryptAsync(stream, mail.Host, trust, cancellation);
            offers = await AskAsync(stream, "EHLO edgeagent", 250, cancellation);
        }

        if (mail.User.Length > 0)
        {
            await LogInAsync(stream, mail, offers, cancellation);
        }

        await AskAsync(stream, $"MAIL FROM:<{mail.From}>", 250, cancellation);
        foreach (string to in mail.To)
        {
            await AskAsync(stream, $"RCPT TO:<{to}>", 250, cancellation);
        }

        await AskAsync(stream, "DATA", 354, cancellation);
        await AskAsync(stream, message.Write() + ".", 250, cancellation);
        await LeaveAsync(stream, cancellation);
        return stream;
    }

    /// <summary>The message is taken: however the server parts, sending it again would only make two of it.</summary>
    private static async Task LeaveAsync(Stream stream, CancellationToken cancellation)
    {
        try
        {
            await AskAsync(stream, "QUIT", 221, cancellation);
        }
        catch (Exception parting) when (parting is SmtpException or IOException or OperationCanceledException)
        {
            // It closed the connection by itself, or says something of its own.
        }
    }

    private static async Task LogInAsync(Stream stream, MailChannel mail, string offers, CancellationToken cancellation)
    {
        string methods = offers.Split('\n').FirstOrDefault(line => line.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase)) ?? "";
        if (methods.Contains("PLAIN", StringComparison.OrdinalIgnoreCase))
        {
            await AskAsync(stream, $"AUTH PLAIN {Base64($"\0{mail.User}\0{mail.Password}")}", 235, cancellation, secret: true);
            return;
        }

        if (!methods.Contains("LOGIN", StringComparison.OrdinalIgnoreCase))
        {
            throw new SmtpException("the server offers neither AUTH PLAIN nor AUTH LOGIN");
        }

        await AskAsync(stream, "AUTH LOGIN", 334, cancellation);
        await AskAsync(stream, Base64(mail.User), 334, cancellation, secret: true);
        await AskAsync(stream, Base64(mail.Password), 235, cancellation, secret: true);
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static async Task<Stream> EncryptAsync(Stream stream, string host, RemoteCertificateValidationCallback? trust, CancellationToken cancellation)
    {
        SslStream encrypted = new(stream, leaveInnerStreamOpen: false, trust);
        await encrypted.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host }, cancellation);
        return encrypted;
    }

    private static async Task<string> AskAsync(Stream stream, string command, int expected, CancellationToken cancellation, bool secret = false)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), cancellation);
        await stream.FlushAsync(cancellation);
        return await ExpectAsync(stream, expected, cancellation, secret ? "the login" : command.Split(' ', '\r')[0]);
    }

    /// <returns>The lines of the answer without their codes.</returns>
    private static async Task<string> ExpectAsync(Stream stream, int expected, CancellationToken cancellation, string what = "the connection")
    {
        StringBuilder answer = new();
        while (true)
        {
            string line = await ReadLineAsync(stream, cancellation);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), out int code))
            {
                throw new SmtpException($"what answers is no mail server: {line}");
            }

            answer.Append(line.Length > 4 ? line[4..] : "").Append('\n');
            if (line.Length > 3 && line[3] == '-')
            {
                continue;
            }

            // 251: it will be forwarded.
            return code == expected || (expected == 250 && code == 251) ? answer.ToString() : throw new SmtpException($"the mail server answers to {what}: {line}");
        }
    }

    private static async Task<string> ReadLineAsync(Stream stream, CancellationToken cancellation)
    {
        StringBuilder line = new();
        byte[] one = new byte[1];
        while (line.Length < LineCharsMax)
        {
            if (await stream.ReadAsync(one, cancellation) == 0)
            {
                throw new SmtpException("the mail server closed the connection");
            }

            if (one[0] == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)one[0]);
        }

        throw new SmtpException("the mail server sends a line without end");
    }
}
