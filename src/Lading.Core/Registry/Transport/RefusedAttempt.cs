using System.Net;
using Lading.Http;
using Lading.Oci;

namespace Lading.Registry.Transport;

/// <summary>An attempt that a registry answered with a refusal.</summary>
/// <param name="Error">What the registry said.</param>
/// <param name="Tries">Attempts in all; 1 where another one would fail the same way.</param>
internal sealed record RefusedAttempt(RegistryError Error, int Tries) : FailedAttempt(Error.Said, Tries)
{
    public override bool IsBusy => Error.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;

    /// <summary>An answer that is none of those the request knows.</summary>
    /// <param name="error">What it says.</param>
    /// <param name="asked">The wait that it asks for.</param>
    /// <param name="isElsewhere">Whether a redirect led to whoever answered.</param>
    /// <param name="tries">Attempts where it may pass by itself.</param>
    public static RefusedAttempt Of(RegistryError error, TimeSpan? asked, bool isElsewhere, int tries) =>
        new(
            error,
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
            Asked = asked,
        };

    /// <summary>An attempt that broke: the connection, or what came over it.</summary>
    public static FailedAttempt Of(Exception e, RetrySchedule schedule)
    {
        var failed = FailedAttempt.OfConnection(e, schedule);
        return e switch
        {
            PassingFailureException passing => failed with { Asked = passing.Asked },
            // Corrupt once may be the line; corrupt twice is what is there.
            ContentMismatchException or FormatException => failed with { Tries = 2 },
            AnswerTooLargeException => failed with { Tries = 1 },
            _ => failed,
        };
    }
}

/// <summary>An attempt at a request that may not be repeated as it is failed; whoever sent it knows where to begin again.</summary>
internal sealed class FailedAttemptException(FailedAttempt failed) : Exception(failed.Text, failed.Cause)
{
    public FailedAttempt Failed { get; } = failed;
}
