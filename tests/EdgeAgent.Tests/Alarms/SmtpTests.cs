using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeAgent.Alarms;
using EdgeAgent.Alarms.Notify;
using EdgeAgent.TestKit;

namespace EdgeAgent.Tests.Alarms;

public sealed class SmtpTests
{
    [Theory]
    [InlineData("starttls")]
    [InlineData("tls")]
    [InlineData("none")]
    public async Task A_message_is_handed_in_in_chinese_and_the_password_only_encrypted(string security)
    {
        using MailServer server = new(security);
        await server.SendAsync(security, user: security == "none" ? "" : "alarms");

        string[] lines = await server.Received;
        Assert.Equal(security == "none", !lines.Contains($"AUTH PLAIN {Convert.ToBase64String("\0alarms\0pass"u8)}"));
        Assert.Contains("MAIL FROM:<edge@plant.cn>", lines);
        Assert.Contains("RCPT TO:<li@plant.cn>", lines);
        Assert.Contains("RCPT TO:<wang@plant.cn>", lines);
        string subject = string.Concat(lines.SkipWhile(l => !l.StartsWith("Subject:", StringComparison.Ordinal)).TakeWhile(l => !l.StartsWith("Date:", StringComparison.Ordinal)));
        Assert.Contains("温度高", string.Concat(subject.Replace("Subject:", "", StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Encoding.UTF8.GetString(Convert.FromBase64String(word["=?utf-8?B?".Length..^2])))));
        string body = string.Concat(lines.SkipWhile(l => l.Length > 0).Skip(1).TakeWhile(l => l != "."));
        Assert.Contains("限值 80", Encoding.UTF8.GetString(Convert.FromBase64String(body)));
        Assert.All(lines, line => Assert.True(line.Length <= 78 || line.StartsWith("AUTH", StringComparison.Ordinal), line));
    }

    [Fact]
    public async Task A_server_without_starttls_gets_no_message()
    {
        using MailServer server = new("none");
        NotifyException problem = await Assert.ThrowsAsync<NotifyException>(() => server.SendAsync("starttls", user: "alarms"));
        Assert.Contains("STARTTLS", problem.Message);
    }

    [Fact]
    public async Task A_message_that_was_taken_is_sent_however_the_server_parts()
    {
        using MailServer server = new("none", refuses: "QUIT");
        await server.SendAsync("none", user: "");
        Assert.Contains(".", await server.Received);
    }

    [Fact]
    public async Task What_a_server_refuses_is_told_in_its_words()
    {
        using MailServer server = new("none", refuses: "RCPT");
        NotifyException problem = await Assert.ThrowsAsync<NotifyException>(() => server.SendAsync("none", user: ""));
        Assert.Contains("550 no such user", problem.Message);
    }

    [Fact]
    public async Task A_certificate_that_nobody_vouches_for_is_refused()
    {
        using MailServer server = new("tls");
        await Assert.ThrowsAsync<NotifyException>(() => server.SendAsync("tls", user: "alarms", trusted: false));
    }

    /// <summary>A mail server of the test, for one connection.</summary>
    private sealed class MailServer : IDisposable
    {
        private readonly TestAuthority _authority = new();
        private readonly X509Certificate2 _certificate;
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly string _security;
        private readonly string? _refuses;

        public MailServer(string security, string? refuses = null)
        {
            (_security, _refuses) = (security, refuses);
            (string file, string key, _) = _authority.Issue("127.0.0.1");
            _certificate = X509Certificate2.CreateFromPemFile(file, key);
            _listener.Start();
            Received = ServeAsync();
        }

        public Task<string[]> Received { get; }

        public async Task SendAsync(string security, string user, bool trusted = true)
        {
            using AlarmSender sender = new("plant", TimeProvider.System, trusted ? (_, certificate, _, _) => certificate!.GetCertHashString() == _certificate.Thumbprint : null);
            MailChannel mail = new()
            {
                Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port, Security = security, User = user, Password = "pass", From = "edge@plant.cn",
                To = ["li@plant.cn", "wang@plant.cn"],
            };
            await sender.SendAsync(new AlarmChannel { Name = "mail", Kind = ChannelKind.Mail, Mail = mail }, NotifyTests.Alarm, CancellationToken.None);
        }

        public void Dispose()
        {
            _listener.Dispose();
            _certificate.Dispose();
            _authority.Dispose();
        }

        private async Task<string[]> ServeAsync()
        {
            List<string> lines = [];
            using TcpClient client = await _listener.AcceptTcpClientAsync();
            Stream stream = client.GetStream();
            try
            {
                if (_security == "tls")
                {
                    stream = await EncryptAsync(stream);
                }

                await SayAsync(stream, "220 mail.plant.cn");
                bool data = false;
                while (await ReadLineAsync(stream) is { } line)
                {
                    lines.Add(line);
                    if (data)
                    {
                        if (line == ".")
                        {
                            data = false;
                            await SayAsync(stream, "250 taken");
                        }

                        continue;
                    }

                    string answer = line.Split(' ')[0] switch
                    {
                        var word when word == _refuses => "550 no such user",
                        "EHLO" => _security == "starttls" && stream is not SslStream ? "250-mail.plant.cn\r\n250 STARTTLS" : "250-mail.plant.cn\r\n250 AUTH LOGIN PLAIN",
                        "STARTTLS" => "220 go on",
                        "AUTH" => "235 welcome",
                        "DATA" => "354 go on",
                        "QUIT" => "221 bye",
                        _ => "250 fine",
                    };
                    await SayAsync(stream, answer);
                    data = line == "DATA";
                    stream = line == "STARTTLS" ? await EncryptAsync(stream) : stream;
                }
            }
            catch (Exception gone) when (gone is IOException or System.Security.Authentication.AuthenticationException)
            {
                // The client did not like what it saw.
            }

            return [.. lines];
        }

        private async Task<SslStream> EncryptAsync(Stream stream)
        {
            SslStream encrypted = new(stream);
            await encrypted.AuthenticateAsServerAsync(_certificate);
            return encrypted;
        }

        private static Task SayAsync(Stream stream, string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n")).AsTask();

        private static async Task<string?> ReadLineAsync(Stream stream)
        {
            List<byte> line = [];
            byte[] one = new byte[1];
            while (await stream.ReadAsync(one) == 1)
            {
                if (one[0] == '\n')
                {
                    return Encoding.ASCII.GetString([.. line]).TrimEnd('\r');
                }

                line.Add(one[0]);
            }

            return null;
        }
    }
}
