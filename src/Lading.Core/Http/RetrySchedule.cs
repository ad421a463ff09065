using System.Net;
using System.Net.Http.Headers;

namespace Lading.Http;

/// <summary>How often, and after which delays, a request is retried.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Random">Spreads the retries of clients that failed at the same moment.</param>
internal sealed record RetrySchedule(TimeProvider Time, Random Random)
{
    /// <summary>The total number of attempts.</summary>
    public int Tries { get; init; } = 6;

    /// <summary>The delay before the second attempt; each further one is twice as long.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest delay, unless the registry asks for more.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time from the first attempt to giving up; the time in which a blob's bytes move does not count.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a connection may receive no bytes.</summary>
    public TimeSpan Inactivity { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a status is transient.</summary>
    public static bool IsPassing(HttpStatusCode status) =>
        status
            is HttpStatusCode.RequestTimeout
                or HttpStatusCode.TooManyRequests
                or HttpStatusCode.InternalServerError
                or HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout;

    /// <summary>The delay after a failed attempt, the first being 1.</summary>
    /// <param name="tried">The number of attempts so far.</param>
    /// <param name="asked">The delay that the registry asked for, which is respected.</param>
    public TimeSpan WaitAfter(int tried, TimeSpan? asked)
    {
        var whole = FirstWait * Math.Pow(2, Math.Min(tried, 24) - 1);
        var bounded = whole < LongestWait ? whole : LongestWait;
        // Spread clients that were told the same delay.
        return asked is { } requested ? requested + (FirstWait * Spread()) : bounded * (0.5 + (Spread() / 2));
    }

    /// <summary><c>Retry-After</c>, as seconds or as a date (RFC 9110, section 10.2.3); null if there is none.</summary>
    public TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        var header = headers.RetryAfter;
        // The date is the server's: it is compared with the server's own clock if that is known.
        var wait = header?.Delta ?? (header?.Date - (headers.Date ?? Time.GetUtcNow()));
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>From 0 to 1. Uploads run concurrently, and <see cref="System.Random"/> is not thread-safe.</summary>
    private double Spread()
    {
        lock (Random)
        {
            return Random.NextDouble();
        }
    }
}
