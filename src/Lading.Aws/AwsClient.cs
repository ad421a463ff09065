using System.Globalization;
using System.Net;
using System.Text;
using Amazon.Runtime;
using Lading.Registry.Transport;

namespace Lading.Aws;

/// <summary>Sends operations to AWS: credentials, signatures, retries, and errors that say what to do.</summary>
internal sealed class AwsClient(
    AwsSettings settings,
    HttpClient http,
    RetrySchedule schedule,
    Func<string, string?> variable,
    Action<string>? log = null
) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private ImmutableCredentials? credentials;
    private TimeSpan skew;

    public AwsSettings Settings { get; } = settings;

    /// <summary>Sends an operation.</summary>
    /// <exception cref="AwsException">The service refused it for a reason of its own.</exception>
    /// <exception cref="LadingException">No credentials, no access, no answer.</exception>
    public async Task<T> SendAsync<T>(IAwsOperation<T> operation, CancellationToken cancellationToken)
    {
        var started = schedule.Time.GetTimestamp();
        var hasRenewed = false;
        for (var tried = 1; ; tried++)
        {
            string failure;
            Exception? cause = null;
            try
            {
                using var response = await ExchangeAsync(operation, cancellationToken).ConfigureAwait(false);
                var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
                if (response.IsSuccessStatusCode)
                {
                    return operation.Read(body);
                }

                var error = AwsError.Parse(response.StatusCode, Encoding.UTF8.GetString(body));
                if (!hasRenewed && MayPassWithNewSignature(error, response))
                {
                    hasRenewed = true;
                    continue;
                }

                if (!error.IsPassing)
                {
                    throw AwsFailure.Of(operation.Service, operation.Name, operation.Attempted, Settings, error)
                        ?? (Exception)new AwsException(operation.Attempted, error);
                }

                failure = $"{error.Code}: {error.Text}";
            }
            catch (Exception e)
                when (e is HttpRequestException or IOException or OperationCanceledException
                    && !cancellationToken.IsCancellationRequested
                )
            {
                failure = Words.Of(e, schedule.Inactivity);
                cause = e;
            }

            var wait = schedule.WaitAfter(tried, null);
            if (tried >= schedule.Tries || schedule.Time.GetElapsedTime(started) + wait > schedule.Total)
            {
                throw new LadingException(
                    operation.Attempted,
                    $"{operation.Service.Name} in {Settings.Region} did not do it: {failure} (tried {tried} times)",
                    "Try again in a while; check the network and the region.",
                    innerException: cause
                );
            }

            log?.Invoke($"{operation.Service.Name}:{operation.Name}: {failure}; try {tried + 1} of {schedule.Tries}");
            await Task.Delay(wait, schedule.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<HttpResponseMessage> ExchangeAsync<T>(
        IAwsOperation<T> operation,
        CancellationToken cancellationToken
    )
    {
        var service = operation.Service;
        var body = operation.Body();
        using var inactivity = new InactivityTimer(schedule.Inactivity, schedule.Time, cancellationToken);
        using var message = new HttpRequestMessage(HttpMethod.Post, AwsEndpoint.Of(service, Settings, variable));
        message.Content = new ByteArrayContent(body);
        message.Content.Headers.TryAddWithoutValidation("Content-Type", service.ContentType);
        if (service.TargetPrefix is { } prefix)
        {
            message.Headers.TryAddWithoutValidation("X-Amz-Target", $"{prefix}.{operation.Name}");
        }

        var signer = await CredentialsAsync(cancellationToken).ConfigureAwait(false);
        AwsSignature.AddTo(message, body, service, Settings.Region, signer, schedule.Time.GetUtcNow() + skew);
        var response = await http.SendAsync(message, inactivity.Token).ConfigureAwait(false);
        log?.Invoke(
            $"{service.Name}:{operation.Name} {Redacted.Of(message.RequestUri!)} {((int)response.StatusCode).ToString(CultureInfo.InvariantCulture)}"
        );
        return response;
    }

    private async Task<ImmutableCredentials> CredentialsAsync(CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return credentials ??= await AwsCredentials.GetAsync(Settings).ConfigureAwait(false);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>A clock that is wrong is corrected by the service's own; credentials that ended are asked for once more.</summary>
    private bool MayPassWithNewSignature(AwsError error, HttpResponseMessage response)
    {
        if (
            error.Code is "RequestTimeTooSkewed" or "SignatureDoesNotMatch" or "InvalidSignatureException"
            && response.Headers.Date is { } date
        )
        {
            var found = date - schedule.Time.GetUtcNow();
            if (found.Duration() > TimeSpan.FromMinutes(4))
            {
                skew = found;
                return true;
            }
        }

        if (error.Code is "ExpiredToken" or "ExpiredTokenException" && response.StatusCode != HttpStatusCode.OK)
        {
            credentials = null;
            return true;
        }

        return false;
    }
}
