namespace Lading.Aws;

/// <summary>Compares this machine's clock with that of AWS.</summary>
internal static class ServiceClock
{
    /// <summary>How far this machine's clock is ahead of the dates in STS's responses; null if a response has no date.</summary>
    /// <exception cref="HttpRequestException">STS does not answer.</exception>
    public static async Task<TimeSpan?> AheadAsync(AwsSession session, CancellationToken cancellationToken)
    {
        // No signature is needed: STS dates every response.
        var address = ServiceAddress.Of(AwsService.Sts, session.Settings, profile: null);
        using var message = new HttpRequestMessage(HttpMethod.Get, address.Root);
        var before = session.Schedule.Time.GetUtcNow();
        using var response = await session.Http.Client.SendAsync(message, cancellationToken).ConfigureAwait(false);
        var middle = before + (session.Schedule.Time.GetUtcNow() - before) / 2;
        // The date has whole seconds: on average it is half a second behind.
        return middle - response.Headers.Date - TimeSpan.FromMilliseconds(500);
    }
}
