using System.Text;
using System.Text.Json;
using Lading.Aws.Credentials;
using Lading.Http;

namespace Lading.Aws;

/// <summary>
/// Sends operations to AWS with the credentials and region of a session: signs, retries transient failures, and turns errors into
/// messages with a remedy.
/// </summary>
/// <param name="settings">The settings of the environment.</param>
/// <param name="http">Returns the connections.</param>
/// <param name="schedule">How often an operation is retried.</param>
/// <param name="log">Receives each attempt; null for none.</param>
/// <param name="findLogin">Returns the credentials.</param>
internal sealed class AwsClient(
    AwsSettings settings,
    Func<HttpConnections> http,
    RetrySchedule schedule,
    Action<string>? log,
    Func<CancellationToken, Task<AwsLogin>> findLogin
)
{
    /// <summary>Signatures are valid for five minutes.</summary>
    private static readonly TimeSpan ToleratedSkew = TimeSpan.FromMinutes(4);

    private readonly RetryLoop retries = new(schedule, log);
    private long skew;

    /// <summary>Sends an operation.</summary>
    /// <exception cref="AwsException">The service refused it with an error code that the operation expects.</exception>
    /// <exception cref="LadingException">There are no credentials, no access or no answer.</exception>
    public async Task<T> SendAsync<T>(IAwsOperation<T> operation, CancellationToken cancellationToken)
    {
        var signer = await findLogin(cancellationToken).ConfigureAwait(false);
        var address = ServiceAddress.Of(operation.Service, settings, signer.Profile);
        var failure = new AwsFailure(settings, signer, address, operation.Service, operation.Name, operation.Attempted);
        return await retries
            .RunAsync(
                $"{operation.Service.Name}:{operation.Name}",
                (_, token) => AttemptAsync(operation, address, signer, failure, token),
                failure.GivenUp,
                cancellationToken
            )
            .ConfigureAwait(false);
    }

    private async Task<Attempt<T>> AttemptAsync<T>(
        IAwsOperation<T> operation,
        ServiceAddress address,
        AwsLogin signer,
        AwsFailure failure,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var (body, error) = await SendOnceAsync(operation, address, signer, cancellationToken)
                .ConfigureAwait(false);
            if (error is { IsClockSkew: true } && Interlocked.Read(ref skew) != 0)
            {
                // The response had the service's time, which the next signature uses.
                (body, error) = await SendOnceAsync(operation, address, signer, cancellationToken)
                    .ConfigureAwait(false);
            }

            return error switch
            {
                null => new Attempt<T>(operation.Read(body), null),
                { IsPassing: true } => new AwsFailedAttempt(
                    error,
                    error.Describe(operation.Service.Title),
                    schedule.Tries
                ),
                _ when operation.Expected.Contains(error.Code) => throw new AwsException(operation.Attempted, error),
                _ => throw failure.Refused(error),
            };
        }
        catch (Exception e) when (IsTransient(e, cancellationToken))
        {
            return FailedAttempt.OfConnection(e, schedule);
        }
    }

    private async Task<(ReadOnlyMemory<byte> Body, AwsError? Error)> SendOnceAsync<T>(
        IAwsOperation<T> operation,
        ServiceAddress address,
        AwsLogin signer,
        CancellationToken cancellationToken
    )
    {
        // Requested before each attempt: credentials may have been renewed.
        var keys = await signer.GetKeysAsync(settings, cancellationToken).ConfigureAwait(false);
        using var inactivity = new InactivityTimer(schedule.Inactivity, schedule.Time, cancellationToken);
        var now = schedule.Time.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref skew));
        using var message = AwsSignature.Sign(
            operation.CreateRequest(),
            operation.Service,
            address.Root,
            address.Region ?? settings.Region,
            keys,
            now
        );
        var started = schedule.Time.GetTimestamp();
        using var response = await http().Client.SendAsync(message, inactivity.Token).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(inactivity.Token).ConfigureAwait(false);
        log?.Invoke(
            $"{operation.Service.Name}:{operation.Name} {Redacted.Of(message.RequestUri!)} {(int)response.StatusCode} in {schedule.Time.GetElapsedTime(started).TotalMilliseconds:0} ms"
        );
        if (response.IsSuccessStatusCode)
        {
            return (body, null);
        }

        CorrectClock(response.Headers.Date);
        var type = response.Headers.TryGetValues("x-amzn-ErrorType", out var types) ? types.First() : null;
        return (default, AwsError.Parse(response.StatusCode, type, Encoding.UTF8.GetString(body)));
    }

    /// <summary>Corrects later signatures by the service's clock if this machine's is too far off.</summary>
    private void CorrectClock(DateTimeOffset? serviceTime)
    {
        if (serviceTime - schedule.Time.GetUtcNow() is { } difference && difference.Duration() > ToleratedSkew)
        {
            Interlocked.Exchange(ref skew, difference.Ticks);
        }
    }

    private static bool IsTransient(Exception e, CancellationToken cancellationToken) =>
        e is HttpRequestException or IOException or FormatException or JsonException
        || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
