using System.Net;
using System.Net.Http.Headers;

namespace Lading.Http;

/// <summary>How often, and after how long, a request is tried again.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Random">Spreads clients that failed at the same moment.</param>
internal sealed record RetrySchedule(TimeProvider Time, Random Random)
{
    /// <summary>Tries in all.</summary>
    public int Tries { get; init; } = 6;

    /// <summary>The wait before the second try; each further one is twice as long.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait, unless the registry asks for more.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the first try to giving up; the time in which a blob's bytes move does not count.</summary>
    public TimeSpan Total { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>After so long without a byte a connection is given up.</summary>
    public TimeSpan Inactivity { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Statuses that pass by themselves.</summary>
    public static bool IsPassing(HttpStatusCode status) =>
        status
            is HttpStatusCode.RequestTimeout
                or HttpStatusCode.TooManyRequests
                or HttpStatusCode.InternalServerError
                or HttpStatusCode.BadGateway
                or HttpStatusCode.ServiceUnavailable
                or HttpStatusCode.GatewayTimeout;

    /// <summary>How long to wait after a failed try, the first being 1.</summary>
    /// <param name="tried">Tries so far.</param>
    /// <param name="asked">The wait that the registry asked for, which is kept to.</param>
    public TimeSpan WaitAfter(int tried, TimeSpan? asked)
    {
        var whole = FirstWait * Math.Pow(2, Math.Min(tried, 24) - 1);
        var bounded = whole < LongestWait ? whole : LongestWait;
        // Those who were told the same moment come a little apart.
        return asked is { } told ? told + (FirstWait * Spread()) : bounded * (0.5 + (Spread() / 2));
    }

    /// <summary><c>Retry-After</c>, as seconds or as a date (RFC 9110, section 10.2.3); null if there is none.</summary>
    public TimeSpan? RetryAfter(HttpResponseHeaders headers)
    {
        var header = headers.RetryAfter;
        // The date is the server's: it is measured against the server's own clock where that is told.
        var wait = header?.Delta ?? (header?.Date - (headers.Date ?? Time.GetUtcNow()));
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>From 0 to 1. Uploads run at the same time, and <see cref="System.Random"/> breaks where two ask at once.</summary>
    private double Spread()
    {
        lock (Random)
        {
            return Random.NextDouble();
        }
    }
}
