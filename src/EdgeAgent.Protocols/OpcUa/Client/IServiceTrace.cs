namespace EdgeAgent.Protocols.OpcUa.Client;

/// <summary>Sees which services a client asks and how they end. It never sees a message's content, which may hold a user's identity. Called on the
/// connection's path, from several threads: note and return.</summary>
public interface IServiceTrace
{
    /// <param name="service">Name of the request, for instance <c>ReadRequest</c>.</param>
    /// <param name="bytes">Of the message before it is secured.</param>
    void Sent(string service, int bytes);

    /// <param name="service">Name of the response; <c>ServiceFault</c> when the server refused.</param>
    void Received(string service, StatusCode status, int bytes);

    /// <summary>The connection ended.</summary>
    /// <param name="reason">For people.</param>
    void Ended(StatusCode status, string reason);
}
