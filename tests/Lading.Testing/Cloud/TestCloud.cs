using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Moto;
using Lading.Testing.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Lading.Testing.Cloud;

/// <summary>
/// A stand-in for AWS with several accounts: each account's ECR is an embedded registry, and the rest is moto. All
/// calls go through one front end, which records them and can inject the faults of networks and of AWS.
/// </summary>
internal sealed class TestCloud : IAsyncDisposable
{
    public const string Region = MotoServer.Region;

    private readonly Uri moto;
    private readonly WebApplication front;
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly TestFolder folder = new();
    private readonly Dictionary<string, TestAccount> accounts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, MotoAccount> mirrors = new(StringComparer.Ordinal);
    private readonly AwsCallReader reader;
    private readonly ConcurrentQueue<AwsCall> calls = [];
    private ConcurrentQueue<AwsRule> rules = [];
    private Uri address = null!;

    private TestCloud(Uri moto, WebApplication front)
    {
        this.moto = moto;
        this.front = front;
        reader = new AwsCallReader(accounts.Values);
    }

    /// <summary>All calls so far, in order.</summary>
    public IReadOnlyList<AwsCall> Calls => [.. calls];

    public TestAccount this[string id] => accounts[id];

    /// <summary>The ECS of an account, where a test may set what happens to images.</summary>
    public TestEcs EcsOf(string id) => MirrorOf(id).Ecs;

    /// <summary>The template of a stack as it is deployed in an account.</summary>
    public Task<string> TemplateOfAsync(string id, string stack, CancellationToken cancellationToken) =>
        MirrorOf(id).ReadTemplateAsync(stack, cancellationToken);

    /// <param name="moto">The address of moto.</param>
    /// <param name="profiles">Profiles, each with an account.</param>
    public static async Task<TestCloud> StartAsync(Uri moto, IReadOnlyDictionary<string, string> profiles)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel =>
            {
                kestrel.Listen(IPAddress.Loopback, 0);
                kestrel.Limits.MaxRequestBodySize = null;
            });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(1));
        var cloud = new TestCloud(moto, builder.Build());
        cloud.front.Run(cloud.AnswerAsync);
        await cloud.front.StartAsync(TestContext.Current.CancellationToken);
        cloud.address = new Uri(
            cloud
                .front.Services.GetRequiredService<IServer>()
                .Features.GetRequiredFeature<IServerAddressesFeature>()
                .Addresses.Single()
        );
        var configuration = new StringBuilder();
        foreach (var (profile, account) in profiles)
        {
            if (!cloud.accounts.TryGetValue(account, out var known))
            {
                known = await TestAccount.StartAsync(
                    account,
                    Region,
                    await MotoRole.TakeAsync(cloud.http, moto, account)
                );
                cloud.accounts.Add(account, known);
            }

            configuration.Append(
                $"[profile {profile}]\nregion = {Region}\naws_access_key_id = {known.AccessKey}\naws_secret_access_key = {known.Secret}\naws_session_token = {known.Token}\n\n"
            );
        }

        await File.WriteAllTextAsync(cloud.folder.Combine("config"), configuration.ToString());
        await File.WriteAllTextAsync(cloud.folder.Combine("localhost.cjs"), Names);
        return cloud;
    }

    /// <summary>
    /// Environment variables that make Lading and the CDK call this cloud and nothing else; a profile provides the
    /// credentials.
    /// </summary>
    public Dictionary<string, string?> Variables()
    {
        var s3 = $"http://s3.localhost:{address.Port}";
        return new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["AWS_ENDPOINT_URL"] = $"http://127.0.0.1:{address.Port}",
            ["AWS_ENDPOINT_URL_S3"] = s3,
            ["AWS_ENDPOINT_URL_S3_FOR_CLOUDFORMATION"] = s3,
            ["AWS_CONFIG_FILE"] = folder.Combine("config"),
            ["AWS_SHARED_CREDENTIALS_FILE"] = folder.Combine("none"),
            ["AWS_EC2_METADATA_DISABLED"] = "true",
            ["NODE_OPTIONS"] = $"--require {folder.Combine("localhost.cjs")} --no-warnings",
        };
    }

    /// <summary>The variables with the keys of an account, as CI systems set them.</summary>
    public Dictionary<string, string?> VariablesOf(string account)
    {
        var variables = Variables();
        variables["AWS_ACCESS_KEY_ID"] = accounts[account].AccessKey;
        variables["AWS_SECRET_ACCESS_KEY"] = accounts[account].Secret;
        variables["AWS_SESSION_TOKEN"] = accounts[account].Token;
        variables["AWS_REGION"] = Region;
        return variables;
    }

    /// <summary>Injects a fault into some calls, until <see cref="Heal"/>.</summary>
    public void On(Func<AwsCall, bool> isMet, Fault fault, int times = int.MaxValue) =>
        rules.Enqueue(new AwsRule(isMet, times, fault));

    /// <summary>Removes all faults.</summary>
    public void Heal() => rules = [];

    public async ValueTask DisposeAsync()
    {
        await front.StopAsync();
        await front.DisposeAsync();
        http.Dispose();
        foreach (var mirror in mirrors.Values)
        {
            mirror.Dispose();
        }

        foreach (var account in accounts.Values)
        {
            await account.DisposeAsync();
        }

        folder.Dispose();
    }

    // moto tells buckets from paths by host names that end in "localhost". Not every system resolves those; this makes
    // Node do so.
    private const string Names = """
        const dns = require('node:dns');
        const lookup = dns.lookup;
        dns.lookup = (name, ...rest) => lookup(String(name).endsWith('.localhost') ? '127.0.0.1' : name, ...rest);

        """;

    private async Task AnswerAsync(HttpContext context)
    {
        context.Request.EnableBuffering();
        var call = await reader.ReadAsync(context.Request);
        calls.Enqueue(call);
        try
        {
            var rule = rules.FirstOrDefault(rule => rule.Takes(call));
            if (rule is not null)
            {
                await rule.Fault(new FaultedRequest(context, http));
                return;
            }

            if (await FindAnswerAsync(call, context) is { } own)
            {
                await new FaultedRequest(context, http).AnswerAsync(own.Status, own.Body, ("Content-Type", own.Type));
                return;
            }

            // ECR derives the address that it returns from the Host header: here the address that its data go through.
            var ecr = call.Service == "ecr" ? accounts.GetValueOrDefault(call.Account) : null;
            var target = new Uri(ecr?.Address ?? moto, context.Request.Path + context.Request.QueryString.Value);
            var exchange = new FaultedRequest(context, http);
            if (call.Operation is "CreateChangeSet" or "UpdateStack")
            {
                await MotoDifferences.GiveBootstrapVersionAsync(context.Request);
            }

            using var answer = await exchange.AskAsync(message =>
            {
                message.RequestUri = target;
                message.Headers.Host = ecr?.Data.Host ?? message.Headers.Host;
            });
            if (accounts.ContainsKey(call.Account))
            {
                await MirrorOf(call.Account).FollowAsync(call, context.RequestAborted);
            }

            await exchange.RelayAsync(answer, call.Operation == "AssumeRole" ? reader.Remember : null);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            context.Abort();
        }
    }

    /// <summary>The answer given in place of moto's; null if moto answers.</summary>
    private async Task<MotoAnswer?> FindAnswerAsync(AwsCall call, HttpContext context)
    {
        if (!MotoAccount.Answers(call) || !accounts.ContainsKey(call.Account))
        {
            return MotoDifferences.FindAnswer(call);
        }

        using var text = new StreamReader(context.Request.Body);
        var body = await text.ReadToEndAsync(context.RequestAborted);
        return await MirrorOf(call.Account).AnswerAsync(call, body, context.RequestAborted);
    }

    private MotoAccount MirrorOf(string account) =>
        mirrors.GetOrAdd(
            account,
            id => new MotoAccount(id, new MotoClient(moto, http, accounts[id].AccessKey), TimeProvider.System)
        );
}
