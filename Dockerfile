FROM python:3.12-slim
WORKDIR /assistant
COPY . .
RUN pip install --no-cache-dir ".[postgres]" && useradd --system assistant
USER assistant
CMD ["erasmus-bot", "run"]
