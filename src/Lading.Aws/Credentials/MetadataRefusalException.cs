using System.Net;

namespace Lading.Aws.Credentials;

/// <summary>A service that hands out keys answered that it does not.</summary>
internal sealed class MetadataRefusalException(string message, HttpStatusCode status) : IOException(message)
{
    public HttpStatusCode Status { get; } = status;
}
