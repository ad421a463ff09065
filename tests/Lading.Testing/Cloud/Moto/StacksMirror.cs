using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Lading.Testing.Cloud.Ecs;
using Lading.Testing.Cloud.Stacks;
using Microsoft.AspNetCore.WebUtilities;

namespace Lading.Testing.Cloud.Moto;

/// <summary>
/// The change sets of an account whose stacks are moto's. moto creates none for an existing stack:
/// <see cref="ChangeSetsApi"/> creates them from what moto has, and a stack update in moto executes them. Templates are
/// returned as AWS returns them.
/// </summary>
internal sealed class StacksMirror : IDisposable
{
    private readonly MotoClient moto;
    private readonly SemaphoreSlim one = new(1, 1);
    private readonly TestStacks stacks;
    private readonly StacksApi api;
    private TestChangeSet? begun;

    public StacksMirror(MotoClient moto, TestEcs ecs, string account)
    {
        this.moto = moto;
        stacks = new TestStacks(ecs);
        api = new StacksApi(stacks, new TestBuckets(account));
        api.ChangeSets.Execution = set => begun = set;
    }

    /// <summary>Whether a call is answered here.</summary>
    public static bool Answers(AwsCall call) =>
        call
            is {
                Service: "cloudformation",
                Operation: "DescribeStacks"
                    or "CreateChangeSet"
                    or "DescribeChangeSet"
                    or "ExecuteChangeSet"
                    or "DeleteChangeSet"
                    or "GetTemplate"
            };

    public async Task<(int Status, string Body)> AnswerAsync(
        string operation,
        string body,
        CancellationToken cancellationToken
    )
    {
        var form = QueryHelpers
            .ParseQuery(body)
            .ToDictionary(each => each.Key, each => each.Value.ToString(), StringComparer.Ordinal);
        if (operation == "DescribeStacks")
        {
            return await DescribeAsync(form, cancellationToken);
        }

        await one.WaitAsync(cancellationToken);
        try
        {
            var set = form.GetValueOrDefault("ChangeSetName");
            var stack =
                form.GetValueOrDefault("StackName") ?? api.ChangeSets.Sets.Find(each => each.Id == set)?.Stack.Id;
            if (stack is not null)
            {
                await CatchUpAsync(stack, cancellationToken);
            }

            var answer = api.Answer(operation, form);
            (var update, begun) = (begun, null);
            if (update is not null)
            {
                await UpdateAsync(update, cancellationToken);
            }

            return answer;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    /// <summary>The stacks as moto has them, with the times of their last updates, which it omits.</summary>
    private async Task<(int Status, string Body)> DescribeAsync(
        Dictionary<string, string> form,
        CancellationToken cancellationToken
    )
    {
        var parameters = form.Where(each => each.Key is not ("Action" or "Version"))
            .Select(each => (each.Key, (string?)each.Value));
        var answer = await moto.AskStacksAsync("DescribeStacks", parameters, cancellationToken);
        foreach (var stack in MotoClient.Members(answer, "Stacks").ToList())
        {
            if (await FindUpdateAsync(MotoClient.TextOf(stack, "StackId"), cancellationToken) is { } updated)
            {
                stack.Add(new XElement(stack.Name.Namespace + "LastUpdatedTime", updated));
            }
        }

        return (
            answer.Root!.Name.LocalName == "ErrorResponse" ? 400 : 200,
            answer.ToString(SaveOptions.DisableFormatting)
        );
    }

    /// <summary>When the last update of a stack began; null if there was none.</summary>
    private async Task<string?> FindUpdateAsync(string stack, CancellationToken cancellationToken)
    {
        var events = await moto.AskStacksAsync("DescribeStackEvents", [("StackName", stack)], cancellationToken);
        return MotoClient
            .Members(events, "StackEvents")
            .Where(each =>
                MotoClient.TextOf(each, "PhysicalResourceId") == stack
                && MotoClient.TextOf(each, "ResourceStatus") == "UPDATE_IN_PROGRESS"
            )
            .Select(each => MotoClient.TextOf(each, "Timestamp"))
            .Max(StringComparer.Ordinal);
    }

    /// <summary>Copies the current state of a stack from moto.</summary>
    private async Task CatchUpAsync(string name, CancellationToken cancellationToken)
    {
        var found = MotoClient
            .Members(await moto.AskStacksAsync("DescribeStacks", [("StackName", name)], cancellationToken), "Stacks")
            .FirstOrDefault();
        if (found is null)
        {
            stacks.Stacks.RemoveAll(each => each.Name == name || each.Id == name);
            return;
        }

        var id = MotoClient.TextOf(found, "StackId");
        var stack = stacks.Stacks.Find(each => each.Id == id);
        if (stack is null)
        {
            stacks.Stacks.Add(
                stack = new TestStack
                {
                    Name = MotoClient.TextOf(found, "StackName"),
                    Id = id,
                    CreatedAt = stacks.Now,
                }
            );
        }

        stack.UpdatedAt = await FindUpdateAsync(id, cancellationToken) is { } updated
            ? DateTimeOffset.Parse(updated, CultureInfo.InvariantCulture)
            : null;
        stack.Status = MotoClient.TextOf(found, "StackStatus");
        stack.Role = MotoClient.TextOf(found, "RoleARN") is { Length: > 0 } role ? role : null;
        stack.Template = await moto.ReadTemplateAsync(id, cancellationToken);
        foreach (var parameter in MotoClient.Members(found, "Parameters"))
        {
            var key = MotoClient.TextOf(parameter, "ParameterKey");
            stack.Parameters[key] = MotoClient.TextOf(parameter, "ParameterValue");
            if (MotoClient.TextOf(parameter, "ResolvedValue") is { Length: > 0 } resolved)
            {
                stack.Resolved[key] = stack.ResolvedNow[key] = resolved;
            }
        }
    }

    /// <summary>
    /// Executes a change set as a stack update, as moto has no change sets for existing stacks. It forgets a role that
    /// is not passed again.
    /// </summary>
    private async Task UpdateAsync(TestChangeSet set, CancellationToken cancellationToken)
    {
        var form = new List<(string, string?)>
        {
            ("StackName", set.Stack.Id),
            ("TemplateBody", set.Template),
            ("RoleARN", set.Stack.Role),
        };
        foreach (var (number, (key, value)) in set.Stack.Parameters.Index())
        {
            var member = string.Create(CultureInfo.InvariantCulture, $"Parameters.member.{number + 1}");
            // For a parameter of an SSM type, moto returns the resolved value in place of the name.
            var named = JsonNode.Parse(set.Template)!["Parameters"]?[key];
            var isOfSsm = $"{named?["Type"]}".StartsWith("AWS::SSM::", StringComparison.Ordinal);
            form.Add(($"{member}.ParameterKey", key));
            form.Add(($"{member}.ParameterValue", isOfSsm ? $"{named!["Default"]}" : value));
        }

        var answer = await moto.AskStacksAsync("UpdateStack", form, cancellationToken);
        if (MotoClient.TextOf(answer, "Error") is { Length: > 0 } error)
        {
            throw new InvalidOperationException(error);
        }
    }
}
