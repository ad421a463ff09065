namespace Lading.Aws;

/// <summary>One call of an AWS service as a value. Signing, retries and errors are written once, around it.</summary>
/// <typeparam name="T">What it answers.</typeparam>
internal interface IAwsOperation<T>
{
    /// <summary>The service as endpoints and signatures name it: <c>ecr</c>, <c>sts</c>.</summary>
    AwsService Service { get; }

    /// <summary>The operation as the service names it, which is also its IAM action.</summary>
    string Name { get; }

    /// <summary>What is attempted, as the start of an error.</summary>
    string Attempted { get; }

    /// <summary>The body of the request.</summary>
    byte[] Body();

    /// <summary>Reads the body of the answer.</summary>
    T Read(ReadOnlyMemory<byte> body);
}
