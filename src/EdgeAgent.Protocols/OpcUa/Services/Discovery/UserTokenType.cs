namespace EdgeAgent.Protocols.OpcUa.Services.Discovery;

/// <summary>How a user proves who it is; the numbers are those on the wire.</summary>
internal enum UserTokenType
{
    Anonymous = 0,
    UserName = 1,
    Certificate = 2,
    IssuedToken = 3,
}
