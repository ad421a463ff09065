using System.Net.Sockets;
using System.Security.Authentication;

namespace Lading.Http;

/// <summary>An attempt that failed: what to say of it, and how many attempts are worth it in all.</summary>
/// <param name="Text">What came back, in words.</param>
/// <param name="Tries">Attempts in all; 1 where another one would fail the same way.</param>
internal record FailedAttempt(string Text, int Tries)
{
    /// <summary>The wait that was asked for.</summary>
    public TimeSpan? Asked { get; init; }

    /// <summary>Whether all requests to the host should wait.</summary>
    public virtual bool IsBusy => false;

    public Exception? Cause { get; init; }

    /// <summary>A connection that failed.</summary>
    public static FailedAttempt OfConnection(Exception e, RetrySchedule schedule) =>
        new(
            ConnectionWords.Of(e, schedule.Inactivity),
            e switch
            {
                ProxyFailureException { IsPassing: false } => 1,
                // A certificate that is not trusted now is not in a second.
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
