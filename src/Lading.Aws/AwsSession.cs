using Amazon.Runtime;
using Lading.Aws.Credentials;
using Lading.Aws.Sts;
using Lading.Http;

namespace Lading.Aws;

/// <summary>
/// The credentials for an account and region, the check that they belong to that account, and the client of its
/// services. All users of the same account and region share a session, which looks up the credentials and their account
/// once.
/// </summary>
internal sealed class AwsSession : IDisposable
{
    private readonly IReadOnlyList<string> accounts;
    private readonly AwsClient client;
    private readonly CancellationTokenSource ending = new();
    private readonly CancellationToken ended;
    private readonly HttpConnections shared;
    private readonly Lock gate = new();
    private readonly Lazy<HttpConnections?> trusting;
    private Task<AwsLogin>? login;
    private Task<CallerIdentity>? caller;

    /// <param name="settings">The settings of the environment.</param>
    /// <param name="http">The shared connections, which the caller owns.</param>
    /// <param name="schedule">How often an operation is retried.</param>
    /// <param name="accounts">The allowed accounts; empty for any.</param>
    /// <param name="log">Receives each attempt; null for none.</param>
    public AwsSession(
        AwsSettings settings,
        HttpConnections http,
        RetrySchedule schedule,
        IReadOnlyList<string> accounts,
        Action<string>? log = null
    )
    {
        this.accounts = accounts;
        ended = ending.Token;
        shared = http;
        Settings = settings;
        Schedule = schedule;
        Log = log;
        trusting = new Lazy<HttpConnections?>(() =>
            TrustedAuthorities.Find(settings) is { } bundle
                ? HttpConnections.Create(http.Proxies, authorities: bundle)
                : null
        );
        client = new AwsClient(settings, () => Http, schedule, log, GetLoginAsync);
    }

    public AwsSettings Settings { get; }

    /// <summary>The connections to AWS, which trust the authorities of <c>AWS_CA_BUNDLE</c> or <c>ca_bundle</c> if one is set.</summary>
    /// <exception cref="LadingException">The file has no certificates.</exception>
    public HttpConnections Http => trusting.Value ?? shared;

    public RetrySchedule Schedule { get; }

    public Action<string>? Log { get; }

    /// <summary>A session of the same account with a role that these credentials assume.</summary>
    /// <param name="role">The role's ARN.</param>
    public AwsSession Assume(string role)
    {
        var session = new AwsSession(Settings, shared, Schedule, accounts, Log);
        session.login = Task.Run(
            async () =>
            {
                var source = await FindLoginAsync().ConfigureAwait(false);
                var options = new AssumeRoleAWSCredentialsOptions();
                return new AwsLogin(
                    LoginKind.Role,
                    $"role {role}",
                    new RegionalRole(Settings, Http, role, "lading", options, source.Credentials)
                )
                {
                    Profile = source.Profile,
                };
            },
            session.ended
        );
        return session;
    }

    /// <summary>Starts to look up the credentials and their account. An error is reported to the operation that needs them.</summary>
    public void Prepare() => _ = accounts.Count > 0 ? GetCallerAsync() : FindLoginAsync() as Task;

    /// <summary>The credentials for signatures, looked up once, by the first operation.</summary>
    /// <exception cref="LadingException">There are none.</exception>
    public Task<AwsLogin> GetLoginAsync(CancellationToken cancellationToken) =>
        FindLoginAsync().WaitAsync(cancellationToken);

    /// <summary>
    /// Ensures that the credentials belong to the session's account. STS is called once, however often this method is.
    /// </summary>
    /// <exception cref="LadingException">They belong to another account, or STS could not be called.</exception>
    public async Task EnsureAccountAsync(CancellationToken cancellationToken)
    {
        if (accounts.Count == 0)
        {
            return;
        }

        var found = await GetCallerAsync(cancellationToken).ConfigureAwait(false);
        if (accounts.Contains(found.Account))
        {
            return;
        }

        var used = await GetLoginAsync(cancellationToken).ConfigureAwait(false);
        var matching = ProfileSearch.FindForAccount(Settings.Account, Settings);
        var hint =
            matching is null || matching == used.Profile
                ? ""
                : $" Profile {matching} reaches account {Settings.Account}.";
        throw new LadingException(
            $"Could not use {Settings.Subject}",
            $"{(Settings.IsAdHoc ? "" : $"it is account {Settings.Account}, and ")}{used.Source} belongs to account {found.Account} ({found.Arn})",
            CredentialFailure.Joined(
                $"Use credentials of account {Settings.Account}: {Settings.Choice}{hint}",
                Settings
            ),
            FailureKind.Usage
        );
    }

    /// <summary>The identity of the credentials, in any account.</summary>
    /// <exception cref="LadingException">There are none, or STS could not be called.</exception>
    public Task<CallerIdentity> GetCallerAsync(CancellationToken cancellationToken) =>
        GetCallerAsync().WaitAsync(cancellationToken);

    /// <summary>Sends a read operation. It is sent while the account is still being verified; the result is returned afterwards.</summary>
    /// <exception cref="AwsException">The service refused it with an error code that the operation expects.</exception>
    public Task<T> ReadAsync<T>(IAwsOperation<T> operation, CancellationToken cancellationToken) =>
        ReadAsync(token => client.SendAsync(operation, token), cancellationToken);

    /// <summary>
    /// Reads with several operations. In a wrong account, that is reported rather than their result or error.
    /// </summary>
    public async Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var reading = new ConcurrentWork<T>(read, cancellationToken);
        await using var ended = reading.ConfigureAwait(false);
        await EnsureAccountAsync(cancellationToken).ConfigureAwait(false);
        return await reading.Result.ConfigureAwait(false);
    }

    /// <summary>Sends a write operation, once the account is verified.</summary>
    /// <exception cref="AwsException">The service refused it with an error code that the operation expects.</exception>
    public async Task<T> WriteAsync<T>(IAwsOperation<T> operation, CancellationToken cancellationToken)
    {
        await EnsureAccountAsync(cancellationToken).ConfigureAwait(false);
        return await client.SendAsync(operation, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a listing page by page; a repeated token ends it.</summary>
    /// <param name="ask">Creates the operation for a token; null for the first page.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public IAsyncEnumerable<T> ListAsync<T>(
        Func<string?, IAwsOperation<AwsPage<T>>> ask,
        CancellationToken cancellationToken
    ) => AwsPages.WalkAsync<T>(async next => await ReadAsync(ask(next), cancellationToken).ConfigureAwait(false));

    /// <summary>Ends pending work.</summary>
    public void Dispose()
    {
        if (ended.IsCancellationRequested)
        {
            return;
        }

        ending.Cancel();
        ending.Dispose();
        if (trusting.IsValueCreated)
        {
            trusting.Value?.Dispose();
        }
    }

    private Task<AwsLogin> FindLoginAsync()
    {
        lock (gate)
        {
            // This reads files and, as a last resort, the network: not on the caller's thread.
            return login ??= Task.Run(() => CredentialSearch.RunAsync(Settings, Http), ended);
        }
    }

    private Task<CallerIdentity> GetCallerAsync()
    {
        lock (gate)
        {
            // Not cancelled with the first caller: others wait for the same result. After a failure, the next caller
            // tries again.
            if (caller is null or { IsFaulted: true } or { IsCanceled: true })
            {
                caller = Task.Run(() => client.SendAsync(new GetCallerIdentity(), ended), ended);
                _ = caller.ContinueWith(
                    asked => asked.Exception,
                    CancellationToken.None,
                    TaskContinuationOptions.OnlyOnFaulted,
                    TaskScheduler.Default
                );
            }

            return caller;
        }
    }
}
