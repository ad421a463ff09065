/** What pulls an image that is referred to as a text, which decides what may be written (docs/check.md, "What each service takes"). */
export enum ImageConsumer {
  /** Something that takes whatever a container engine takes: a task of ECS, a job of AWS Batch, or what is not known. */
  ANY = "any",

  /** A Lambda function. It takes the manifest of one platform, from the ECR of its own region. */
  LAMBDA = "Lambda",

  /** An App Runner service. */
  APP_RUNNER = "App Runner",

  /** A SageMaker model. It takes the manifest of one platform, from the ECR of its own region. */
  SAGE_MAKER = "SageMaker",

  /** A runtime of Bedrock AgentCore. */
  AGENT_CORE = "AgentCore",
}
