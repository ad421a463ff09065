using System.Net.Sockets;
using System.Security.Authentication;

namespace Lading.Http;

/// <summary>A failed attempt: its message, and how many attempts are worthwhile in total.</summary>
/// <param name="Text">The error, in words.</param>
/// <param name="Tries">The total number of attempts; 1 if another would fail the same way.</param>
internal record FailedAttempt(string Text, int Tries)
{
    /// <summary>The delay that the server asked for.</summary>
    public TimeSpan? Asked { get; init; }

    /// <summary>Whether all requests to the host should wait.</summary>
    public virtual bool IsBusy => false;

    public Exception? Cause { get; init; }

    /// <summary>A connection error.</summary>
    public static FailedAttempt OfConnection(Exception e, RetrySchedule schedule) =>
        new(
            ConnectionWords.Of(e, schedule.Inactivity),
            e switch
            {
                ProxyFailureException { IsPassing: false } => 1,
                // A certificate that is not trusted now will not be in a second.
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
        };
}
