using Lading.Testing.Cloud.Ecs;

namespace Lading.Testing.Cloud.Moto;

/// <summary>
/// What an AWS account does and moto's does not: services that run tasks, change sets, and versions of parameters.
/// </summary>
internal sealed class MotoAccount : IDisposable
{
    private readonly MotoClient moto;
    private readonly EcsMirror ecs;
    private readonly StacksMirror stacks;
    private readonly RecordsMirror records;

    /// <param name="account">12 digits.</param>
    /// <param name="moto">Calls moto as that account.</param>
    /// <param name="time">The clock.</param>
    public MotoAccount(string account, MotoClient moto, TimeProvider time)
    {
        this.moto = moto;
        ecs = new EcsMirror(account, new MotoCloudFormation(moto, account), time);
        stacks = new StacksMirror(moto, ecs.Ecs, account);
        records = new RecordsMirror(moto, time);
    }

    /// <summary>What runs there.</summary>
    public TestEcs Ecs => ecs.Ecs;

    /// <summary>Whether a call is answered here. moto answers the CDK's calls.</summary>
    public static bool Answers(AwsCall call) =>
        call.IsLadings && (EcsMirror.Answers(call) || StacksMirror.Answers(call) || RecordsMirror.Answers(call));

    /// <summary>The answer to such a call.</summary>
    public async Task<MotoAnswer> AnswerAsync(AwsCall call, string body, CancellationToken cancellationToken)
    {
        switch (call.Service)
        {
            case "cloudformation":
                var (code, text) = await stacks.AnswerAsync(call.Operation, body, cancellationToken);
                await records.CatchUpAsync(cancellationToken);
                return MotoAnswer.Xml(code, text);
            case "ssm":
                var (result, parameters) = await records.AnswerAsync(call.Operation, body, cancellationToken);
                return MotoAnswer.Json(result, parameters.ToJsonString());
            default:
                var (status, json) = await ecs.AnswerAsync(call.Operation, body, cancellationToken);
                return MotoAnswer.Json(status, json.ToJsonString());
        }
    }

    /// <summary>Records what a call that moto answered has changed.</summary>
    public Task FollowAsync(AwsCall call, CancellationToken cancellationToken) =>
        call.Operation is "CreateStack" or "UpdateStack" or "ExecuteChangeSet" or "PutParameter"
            ? records.CatchUpAsync(cancellationToken)
            : Task.CompletedTask;

    /// <summary>The template of a stack, as submitted.</summary>
    public Task<string> ReadTemplateAsync(string stack, CancellationToken cancellationToken) =>
        moto.ReadTemplateAsync(stack, cancellationToken);

    public void Dispose()
    {
        ecs.Dispose();
        stacks.Dispose();
        records.Dispose();
    }
}
