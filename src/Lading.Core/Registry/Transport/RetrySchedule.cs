using System.Net;

namespace Lading.Registry.Transport;

/// <summary>How often, and after how long, a request is tried again.</summary>
/// <param name="Time">The clock.</param>
/// <param name="Random">Spreads clients that failed at the same moment.</param>
internal sealed record RetrySchedule(TimeProvider Time, Random Random)
{
    /// <summary>Tries in all.</summary>
    public int Tries { get; init; } = 6;

    /// <summary>The wait before the second try; each further one is twice as long.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait, also where the registry asks for more.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>From the first try to giving up.</summary>
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
    public TimeSpan WaitAfter(int tried, HttpResponseMessage? response)
    {
        if (RetryAfter(response) is { } asked)
        {
            return asked < LongestWait ? asked : LongestWait;
        }

        var whole = FirstWait * Math.Pow(2, tried - 1);
        var bounded = whole < LongestWait ? whole : LongestWait;
        return bounded * (0.5 + (Random.NextDouble() / 2));
    }

    /// <summary><c>Retry-After</c>, as seconds or as a date (RFC 9110, section 10.2.3).</summary>
    private TimeSpan? RetryAfter(HttpResponseMessage? response)
    {
        var header = response?.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - Time.GetUtcNow());
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
