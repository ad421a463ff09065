using System.Text;
using System.Text.Json;
using Amazon.Runtime;
using Lading.Aws.Credentials;
using Lading.Http;
using Lading.Registry.Transport;

namespace Lading.Aws;

/// <summary>
/// Sends operations to AWS with the credentials and in the region of an environment: signs, tries again what passes by itself,
/// and turns what fails into errors that say what to do.
/// </summary>
/// <param name="settings">How AWS is reached.</param>
/// <param name="http">The connections; they belong to the caller.</param>
/// <param name="schedule">How often an operation is tried.</param>
/// <param name="log">Told of each try; null where nobody looks.</param>
internal sealed class AwsClient(
    AwsSettings settings,
    HttpConnections http,
    RetrySchedule schedule,
    Action<string>? log = null
)
{
    /// <summary>Signatures are good for five minutes.</summary>
    private static readonly TimeSpan BearableSkew = TimeSpan.FromMinutes(4);

    private readonly HostPause pause = new(schedule.Time);
    private readonly Lock gate = new();
    private Task<AwsLogin>? login;
    private long skew;

    public AwsSettings Settings { get; } = settings;

    /// <summary>The credentials that operations are signed with; looked for once, when the first one asks.</summary>
    /// <exception cref="LadingException">There are none.</exception>
    public Task<AwsLogin> GetLoginAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            // Files and, where all else fails, the network: not on the caller's thread, who has other things to do.
            login ??= Task.Run(() => CredentialSearch.RunAsync(Settings, http), CancellationToken.None);
            return login.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Sends an operation.</summary>
    /// <exception cref="AwsException">The service refused it for a reason that the operation expects.</exception>
    /// <exception cref="LadingException">No credentials, no access, no answer.</exception>
    public async Task<T> SendAsync<T>(IAwsOperation<T> operation, CancellationToken cancellationToken)
    {
        var signer = await GetLoginAsync(cancellationToken).ConfigureAwait(false);
        var address = ServiceAddress.Of(operation.Service, Settings, signer.Profile);
        var failure = new AwsFailure(Settings, signer, address, operation.Service, operation.Name, operation.Attempted);
        var started = schedule.Time.GetTimestamp();
        var isSetRight = false;
        for (var tried = 1; ; tried++)
        {
            await pause.WaitAsync(cancellationToken).ConfigureAwait(false);
            AwsError? error = null;
            Exception? cause = null;
            try
            {
                var (answer, refusal) = await TryAsync(operation, address.Root, signer, cancellationToken)
                    .ConfigureAwait(false);
                if (refusal is null)
                {
                    return operation.Read(answer);
                }

                error = refusal;
            }
            catch (Exception e) when (IsTransient(e, cancellationToken))
            {
                cause = e;
            }

            if (error is { IsPassing: false })
            {
                if (error.IsClockSkew && !isSetRight && Interlocked.Read(ref skew) != 0)
                {
                    // The answer told the service's time, by which the next try is signed.
                    isSetRight = true;
                    continue;
                }

                throw operation.Expected.Contains(error.Code)
                    ? new AwsException(operation.Attempted, error)
                    : failure.Refused(error);
            }

            var wait = schedule.WaitAfter(tried, null);
            var took = schedule.Time.GetElapsedTime(started);
            if (
                tried >= schedule.Tries
                || took + wait > schedule.Total
                || cause is ProxyFailureException { IsPassing: false }
            )
            {
                throw failure.GivenUp(error, cause, schedule.Inactivity, tried, took);
            }

            if (error is { IsThrottling: true })
            {
                pause.For(wait);
            }

            log?.Invoke(
                $"{operation.Service.Name}:{operation.Name}: {error?.Code ?? cause?.Message}; try {tried + 1} of {schedule.Tries}"
            );
            await Task.Delay(wait, schedule.Time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(ReadOnlyMemory<byte> Body, AwsError? Refusal)> TryAsync<T>(
        IAwsOperation<T> operation,
        Uri address,
        AwsLogin signer,
        CancellationToken cancellationToken
    )
    {
        // Asked before each try: credentials renew themselves in between.
        var keys = await signer.GetKeysAsync(Settings, cancellationToken).ConfigureAwait(false);
        using var inactivity = new InactivityTimer(schedule.Inactivity, schedule.Time, cancellationToken);
        using var message = CreateMessage(operation, address, keys);
        var started = schedule.Time.GetTimestamp();
        using var response = await http.Client.SendAsync(message, inactivity.Token).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(inactivity.Token).ConfigureAwait(false);
        log?.Invoke(
            $"{operation.Service.Name}:{operation.Name} {Redacted.Of(address)} {(int)response.StatusCode} in {schedule.Time.GetElapsedTime(started).TotalMilliseconds:0} ms"
        );
        if (response.IsSuccessStatusCode)
        {
            return (body, null);
        }

        Adopt(response.Headers.Date);
        var type = response.Headers.TryGetValues("x-amzn-ErrorType", out var types) ? types.First() : null;
        return (default, AwsError.Parse(response.StatusCode, type, Encoding.UTF8.GetString(body)));
    }

    private HttpRequestMessage CreateMessage<T>(IAwsOperation<T> operation, Uri address, ImmutableCredentials keys)
    {
        var service = operation.Service;
        var body = operation.Body();
        var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        message.Content.Headers.TryAddWithoutValidation("Content-Type", service.ContentType);
        if (service.TargetPrefix is { } prefix)
        {
            message.Headers.TryAddWithoutValidation("X-Amz-Target", $"{prefix}.{operation.Name}");
        }

        var now = schedule.Time.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref skew));
        AwsSignature.AddTo(message, body, service, Settings.Region, keys, now);
        return message;
    }

    /// <summary>Where this machine's clock is too far off, the service's counts from now on.</summary>
    private void Adopt(DateTimeOffset? theirs)
    {
        if (theirs - schedule.Time.GetUtcNow() is { } difference && difference.Duration() > BearableSkew)
        {
            Interlocked.Exchange(ref skew, difference.Ticks);
        }
    }

    private static bool IsTransient(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or IOException or FormatException or JsonException
        || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
