using System.Net;

namespace EdgeAgent.Web;

/// <summary>An address and port to listen on, as configurations write it: <c>127.0.0.1:8080</c>, <c>localhost:8080</c>, <c>*:8080</c>, <c>[::1]:8080</c>.</summary>
internal static class ListenAddress
{
    public const string Expected = "an address and a port, for instance 127.0.0.1:8080, or *:8080 for every address of this machine";

    public static bool TryParse(string text, out IPEndPoint endpoint)
    {
        string address = text.StartsWith("*:", StringComparison.Ordinal) ? string.Concat("[::]", text.AsSpan(1))
            : text.StartsWith("localhost:", StringComparison.OrdinalIgnoreCase) ? string.Concat("127.0.0.1", text.AsSpan("localhost".Length))
            : text;
        // IPEndPoint takes an address without port for port 0, which would be a surprise; 0 itself is a free port, for tests.
        bool hasPort = address.Contains(']') ? address.Contains("]:", StringComparison.Ordinal) : address.Count(c => c == ':') == 1;
        if (IPEndPoint.TryParse(address, out IPEndPoint? parsed) && hasPort)
        {
            endpoint = parsed;
            return true;
        }

        endpoint = new IPEndPoint(IPAddress.None, 0);
        return false;
    }
}
