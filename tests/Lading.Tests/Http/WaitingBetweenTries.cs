using System.Globalization;
using System.Net;
using Lading.Http;

namespace Lading.Tests.Http;

public sealed class WaitingBetweenTries
{
    private static readonly RetrySchedule Schedule = new(TimeProvider.System, new Random(1));

    [Fact]
    public void Waits_double_up_to_a_limit()
    {
        for (var tried = 1; tried < 60; tried++)
        {
            var whole = Math.Min(250 * Math.Pow(2, tried - 1), 30_000);
            var wait = Schedule.WaitAfter(tried, null).TotalMilliseconds;

            Assert.InRange(wait, whole / 2, whole);
        }
    }

    [Fact]
    public void Clients_that_failed_together_wait_for_different_times() =>
        Assert.True(Enumerable.Range(0, 20).Select(_ => Schedule.WaitAfter(3, null)).Distinct().Count() > 15);

    [Fact]
    public void A_requested_pause_is_honored()
    {
        var wait = Schedule.WaitAfter(1, TimeSpan.FromSeconds(7));

        Assert.InRange(wait, TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7.25));
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0)]
    public void A_pause_may_be_in_seconds(string header, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Asked(header, null));

    [Fact]
    public void A_pause_may_be_a_date_by_the_registrys_clock()
    {
        // The registry's clock is years behind; only the difference matters.
        var now = new DateTimeOffset(2019, 5, 6, 7, 8, 9, TimeSpan.Zero);

        Assert.Equal(TimeSpan.FromSeconds(5), Asked(Http(now.AddSeconds(5)), Http(now)));
        Assert.Equal(TimeSpan.Zero, Asked(Http(now.AddSeconds(-5)), Http(now)));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-3")]
    [InlineData(null)]
    public void Text_that_is_not_a_pause_is_ignored(string? header) => Assert.Null(Asked(header, null));

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests, true)]
    [InlineData(HttpStatusCode.ServiceUnavailable, true)]
    [InlineData(HttpStatusCode.BadGateway, true)]
    [InlineData(HttpStatusCode.NotFound, false)]
    [InlineData(HttpStatusCode.Forbidden, false)]
    [InlineData(HttpStatusCode.NotImplemented, false)]
    public void Some_statuses_are_transient(HttpStatusCode status, bool passes) =>
        Assert.Equal(passes, RetrySchedule.IsPassing(status));

    private static TimeSpan? Asked(string? header, string? date)
    {
        using var response = new HttpResponseMessage();
        response.Headers.TryAddWithoutValidation("Retry-After", header);
        if (date is not null)
        {
            response.Headers.TryAddWithoutValidation("Date", date);
        }

        return Schedule.RetryAfter(response.Headers);
    }

    private static string Http(DateTimeOffset moment) => moment.ToString("r", CultureInfo.InvariantCulture);
}
