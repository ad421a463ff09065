using Amazon.Runtime;
using Lading.Aws.Credentials;
using Lading.Aws.Sts;
using Lading.Http;

namespace Lading.Aws;

/// <summary>
/// One account and region: its credentials, the check that they belong to that account, and the client of all of its services.
/// Whatever belongs to the same account and region shares one session, which asks for credentials and for their account once.
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

    /// <param name="settings">How AWS is reached.</param>
    /// <param name="http">The connections that everything shares; they belong to the caller.</param>
    /// <param name="schedule">How often an operation is tried.</param>
    /// <param name="accounts">The accounts that may answer; empty for any that is let in.</param>
    /// <param name="log">Told of each try; null if nobody looks.</param>
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

    /// <summary>The connections to AWS, which trust the authorities of <c>AWS_CA_BUNDLE</c> or <c>ca_bundle</c> where one is set.</summary>
    /// <exception cref="LadingException">What is set holds no certificates.</exception>
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

    /// <summary>Begins to look for credentials and for their account. How that went, whoever needs them is told.</summary>
    public void Prepare() => _ = accounts.Count > 0 ? GetCallerAsync() : FindLoginAsync() as Task;

    /// <summary>The credentials that operations are signed with; looked for once, when the first one asks.</summary>
    /// <exception cref="LadingException">There are none.</exception>
    public Task<AwsLogin> GetLoginAsync(CancellationToken cancellationToken) =>
        FindLoginAsync().WaitAsync(cancellationToken);

    /// <summary>Ensures the credentials belong to the session's account. STS is asked once, however often this is.</summary>
    /// <exception cref="LadingException">They belong to another one, or STS could not be asked.</exception>
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
        var fitting = ProfileSearch.FindForAccount(Settings.Account, Settings);
        var hint =
            fitting is null || fitting == used.Profile ? "" : $" Profile {fitting} reaches account {Settings.Account}.";
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

    /// <summary>Whose the credentials are, whatever account that is.</summary>
    /// <exception cref="LadingException">There are none, or STS could not be asked.</exception>
    public Task<CallerIdentity> GetCallerAsync(CancellationToken cancellationToken) =>
        GetCallerAsync().WaitAsync(cancellationToken);

    /// <summary>Asks something. The question goes out while the account is still being checked; the answer waits for the check.</summary>
    /// <exception cref="AwsException">The service refused it for a reason that the operation expects.</exception>
    public Task<T> ReadAsync<T>(IAwsOperation<T> operation, CancellationToken cancellationToken) =>
        ReadAsync(token => client.SendAsync(operation, token), cancellationToken);

    /// <summary>The same for several questions: in a wrong account the answer is wrong too, and not the one to report.</summary>
    public async Task<T> ReadAsync<T>(Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        var reading = new ConcurrentWork<T>(read, cancellationToken);
        await using var ended = reading.ConfigureAwait(false);
        await EnsureAccountAsync(cancellationToken).ConfigureAwait(false);
        return await reading.Result.ConfigureAwait(false);
    }

    /// <summary>Changes something, once the account is known to be the right one.</summary>
    /// <exception cref="AwsException">The service refused it for a reason that the operation expects.</exception>
    public async Task<T> WriteAsync<T>(IAwsOperation<T> operation, CancellationToken cancellationToken)
    {
        await EnsureAccountAsync(cancellationToken).ConfigureAwait(false);
        return await client.SendAsync(operation, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a listing page by page; a service that gives the same page again ends it.</summary>
    /// <param name="ask">The operation for the page that a token names; null for the first.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public IAsyncEnumerable<T> ListAsync<T>(
        Func<string?, IAwsOperation<AwsPage<T>>> ask,
        CancellationToken cancellationToken
    ) => AwsPages.WalkAsync<T>(async next => await ReadAsync(ask(next), cancellationToken).ConfigureAwait(false));

    /// <summary>Ends what was begun.</summary>
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
            // Files and, where all else fails, the network: not on the caller's thread, who has other things to do.
            return login ??= Task.Run(() => CredentialSearch.RunAsync(Settings, Http), ended);
        }
    }

    private Task<CallerIdentity> GetCallerAsync()
    {
        lock (gate)
        {
            // Not cancelled with whoever asked first: others wait for the same answer. One that failed is asked again.
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
