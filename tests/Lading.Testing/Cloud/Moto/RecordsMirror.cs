using System.Text.Json;
using System.Text.Json.Nodes;
using Lading.Testing.Cloud.Stacks;

namespace Lading.Testing.Cloud.Moto;

/// <summary>
/// The versions of the parameters below <c>/lading</c>: moto's CloudFormation deletes and recreates a parameter where
/// AWS's writes its next version.
/// </summary>
internal sealed class RecordsMirror : IDisposable
{
    private readonly MotoClient moto;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly TestParameters parameters = [];
    private readonly ParametersApi api;

    public RecordsMirror(MotoClient moto, TimeProvider time)
    {
        this.moto = moto;
        this.time = time;
        api = new ParametersApi(parameters, time.GetUtcNow, []);
    }

    /// <summary>Whether a call is answered here.</summary>
    public static bool Answers(AwsCall call) =>
        call is { Service: "ssm", Operation: "GetParameterHistory" or "GetParametersByPath" };

    public async Task<(int Status, JsonObject Body)> AnswerAsync(
        string operation,
        string body,
        CancellationToken cancellationToken
    )
    {
        await CatchUpAsync(cancellationToken);
        using var input = JsonDocument.Parse(body);
        return api.Answer(operation, input.RootElement);
    }

    /// <summary>Records each changed value as the next version.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            var found = await moto.AskParametersAsync(
                "GetParametersByPath",
                new JsonObject { ["Path"] = "/lading", ["Recursive"] = true },
                cancellationToken
            );
            var there = found["Parameters"]!
                .AsArray()
                .ToDictionary(each => $"{each!["Name"]}", each => $"{each!["Value"]}", StringComparer.Ordinal);
            foreach (var gone in parameters.Keys.Except(there.Keys).ToList())
            {
                parameters.Remove(gone);
            }

            foreach (var (name, value) in there)
            {
                if (!parameters.TryGetValue(name, out var versions))
                {
                    parameters.Add(name, versions = []);
                }

                if (versions.Count == 0 || versions[^1].Value != value)
                {
                    versions.Add((value, time.GetUtcNow()));
                }
            }
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();
}
