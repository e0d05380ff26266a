namespace EdgeAgent.Web.Serving;

/// <summary>HTTPS is wanted, and there is no certificate for it.</summary>
internal sealed class WebCertificateException(string message, Exception inner) : Exception(message, inner);
