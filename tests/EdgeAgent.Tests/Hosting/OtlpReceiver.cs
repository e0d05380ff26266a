using System.Collections.Concurrent;
using System.Net;
using EdgeAgent.TestKit;
using Google.Protobuf;

namespace EdgeAgent.Tests.Hosting;

/// <summary>Receives OTLP over HTTP and decodes the protobuf by its field numbers, without the exporter's code.</summary>
internal sealed class OtlpReceiver : IDisposable
{
    internal sealed record Point(string Metric, string Unit, bool IsMonotonicSum, double Value, IReadOnlyDictionary<string, string> Attributes);

    internal sealed record Request(string Path, string? Authorization, IReadOnlyDictionary<string, string> Resource, IReadOnlyList<Point> Points);

    private readonly HttpListener _listener = new();

    public OtlpReceiver()
    {
        Address = $"http://127.0.0.1:{FreePort.Tcp()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    public ConcurrentQueue<Request> Requests { get; } = [];

    /// <summary>Why a request could not be read.</summary>
    public Exception? Problem { get; private set; }

    /// <summary>What is answered from now on.</summary>
    public int Answer { get; set; } = 200;

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                if (Answer == 200)
                {
                    Requests.Enqueue(Decode(context.Request, body.ToArray()));
                }

                context.Response.StatusCode = Answer;
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            catch (Exception e)
            {
                Problem = e;
            }
        }
    }

    private static Request Decode(HttpListenerRequest request, byte[] body)
    {
        Assert.Equal("application/x-protobuf", request.ContentType);
        var resource = new Dictionary<string, string>();
        var points = new List<Point>();
        foreach (byte[] resourceMetrics in Messages(body, 1))
        {
            foreach (byte[] one in Messages(resourceMetrics, 1))
            {
                Attributes(one, 1, resource);
            }

            foreach (byte[] metric in Messages(resourceMetrics, 2).SelectMany(scope => Messages(scope, 2)))
            {
                string name = Text(metric, 1);
                string unit = Text(metric, 3);
                points.AddRange(Messages(metric, 5).SelectMany(gauge => Messages(gauge, 1)).Select(point => PointOf(name, unit, false, point)));
                points.AddRange(Messages(metric, 7).SelectMany(sum => Messages(sum, 1)).Select(point => PointOf(name, unit, true, point)));
            }
        }

        return new Request(request.Url!.AbsolutePath, request.Headers["Authorization"], resource, points);
    }

    private static Point PointOf(string name, string unit, bool isSum, byte[] point)
    {
        var attributes = new Dictionary<string, string>();
        Attributes(point, 7, attributes);
        double value = double.NaN;
        var input = new CodedInputStream(point);
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            if (tag >> 3 == 4)
            {
                value = input.ReadDouble();
            }
            else
            {
                input.SkipLastField();
            }
        }

        return new Point(name, unit, isSum, value, attributes);
    }

    private static void Attributes(byte[] message, int field, Dictionary<string, string> into)
    {
        foreach (byte[] pair in Messages(message, field))
        {
            into[Text(pair, 1)] = Messages(pair, 2).Select(value => Text(value, 1)).FirstOrDefault() ?? "";
        }
    }

    private static string Text(byte[] message, int field) =>
        Messages(message, field).Select(System.Text.Encoding.UTF8.GetString).FirstOrDefault() ?? "";

    /// <summary>The length-delimited values of a field.</summary>
    private static List<byte[]> Messages(byte[] message, int field)
    {
        var found = new List<byte[]>();
        var input = new CodedInputStream(message);
        for (uint tag; (tag = input.ReadTag()) != 0;)
        {
            if (tag >> 3 == field && (tag & 7) == 2)
            {
                found.Add(input.ReadBytes().ToByteArray());
            }
            else
            {
                input.SkipLastField();
            }
        }

        return found;
    }
}
