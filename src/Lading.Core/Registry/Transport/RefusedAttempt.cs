using System.Net;
using Lading.Http;
using Lading.Oci;

namespace Lading.Registry.Transport;

/// <summary>An attempt that a registry refused.</summary>
/// <param name="Error">The registry's error.</param>
/// <param name="Tries">The total number of attempts; 1 if another would fail the same way.</param>
internal sealed record RefusedAttempt(RegistryError Error, int Tries) : FailedAttempt(Error.Description, Tries)
{
    public override bool IsBusy => Error.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;

    /// <summary>An unexpected response.</summary>
    /// <param name="error">The error in it.</param>
    /// <param name="asked">The requested delay.</param>
    /// <param name="isElsewhere">Whether the response came after a redirect.</param>
    /// <param name="tries">The number of attempts if the error is transient.</param>
    public static RefusedAttempt Of(RegistryError error, TimeSpan? asked, bool isElsewhere, int tries) =>
        new(
            error,
            RetrySchedule.IsPassing(error.Status) ? tries
                : error.IsLoginOver ? 2
                // The address of a redirect may have expired: the registry returns a new one, once.
                : isElsewhere && error.Status != HttpStatusCode.NotFound ? 2
                // The registry lost the upload session, or the body was altered in transit: once more from the start.
                : error.Code is "BLOB_UPLOAD_UNKNOWN" or "BLOB_UPLOAD_INVALID" or "DIGEST_INVALID" or "SIZE_INVALID" ? 2
                : error.Status == HttpStatusCode.RequestedRangeNotSatisfiable ? 2
                // Another client was faster: the next lookup finds it.
                : error.Text.Contains("LayerAlreadyExists", StringComparison.Ordinal) ? 2
                : 1
        )
        {
            Asked = asked,
        };

    /// <summary>An interrupted attempt: the connection, or its content.</summary>
    public static FailedAttempt Of(Exception e, RetrySchedule schedule)
    {
        var failed = FailedAttempt.OfConnection(e, schedule);
        return e switch
        {
            PassingFailureException passing => failed with { Asked = passing.Asked },
            // The first corrupt response may be the connection's fault; the second is the content's.
            ContentMismatchException or FormatException => failed with { Tries = 2 },
            AnswerTooLargeException => failed with { Tries = 1 },
            _ => failed,
        };
    }
}

/// <summary>An attempt at a request failed that may not be repeated unchanged; the sender knows where to start again.</summary>
internal sealed class FailedAttemptException(FailedAttempt failed) : Exception(failed.Text, failed.Cause)
{
    public FailedAttempt Failed { get; } = failed;
}
