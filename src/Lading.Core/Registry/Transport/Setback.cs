using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Lading.Http;
using Lading.Oci;

namespace Lading.Registry.Transport;

/// <summary>A try that failed: what to say of it, and how often it is worth trying in all.</summary>
/// <param name="Text">What came back, in words.</param>
/// <param name="Tries">Tries in all; 1 where another one would fail the same way.</param>
internal sealed record Setback(string Text, int Tries)
{
    /// <summary>What the registry said; null where it said nothing.</summary>
    public RegistryError? Error { get; init; }

    /// <summary>The wait that the registry asked for.</summary>
    public TimeSpan? Asked { get; init; }

    /// <summary>Whether all requests to the host should wait.</summary>
    public bool IsBusy => Error?.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;

    public Exception? Cause { get; init; }

    /// <summary>An answer that is none of those the request knows.</summary>
    /// <param name="error">What it says.</param>
    /// <param name="asked">The wait that it asks for.</param>
    /// <param name="isElsewhere">Whether a redirect led to whoever answered.</param>
    /// <param name="tries">Tries where it may pass by itself.</param>
    public static Setback Of(RegistryError error, TimeSpan? asked, bool isElsewhere, int tries) =>
        new(
            error.Said,
            RetrySchedule.IsPassing(error.Status) ? tries
                : error.IsLoginOver ? 2
                // The address that a redirect gave may have expired: the registry gives a new one, once.
                : isElsewhere && error.Status != HttpStatusCode.NotFound ? 2
                // An upload session that the registry lost, or a body that was changed on its way: once more from the start.
                : error.Code is "BLOB_UPLOAD_UNKNOWN" or "BLOB_UPLOAD_INVALID" or "DIGEST_INVALID" or "SIZE_INVALID" ? 2
                : error.Status == HttpStatusCode.RequestedRangeNotSatisfiable ? 2
                // Somebody else was faster: it is there when it is looked for again.
                : error.Text.Contains("LayerAlreadyExists", StringComparison.Ordinal) ? 2
                : 1
        )
        {
            Error = error,
            Asked = asked,
        };

    /// <summary>A connection that failed.</summary>
    public static Setback Of(Exception e, RetrySchedule schedule) =>
        new(
            Words.Of(e, schedule.Inactivity),
            e switch
            {
                PassingFailureException => schedule.Tries,
                // Corrupt once may be the line; corrupt twice is what is there.
                ContentMismatchException or FormatException => 2,
                AnswerTooLargeException or ProxyFailureException { IsPassing: false } => 1,
                HttpRequestException { InnerException: AuthenticationException } => 1,
                HttpRequestException
                {
                    InnerException: SocketException { SocketErrorCode: SocketError.HostNotFound }
                } => 2,
                _ => schedule.Tries,
            }
        )
        {
            Cause = e,
            Asked = (e as PassingFailureException)?.Asked,
        };
}
